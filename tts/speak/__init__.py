"""Blocks become Clips of Dutch speech."""
