"""Clips become one MP3 on one timeline."""
