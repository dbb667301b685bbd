"""Voorlezer reads Dutch articles aloud: one article in, one podcast episode out."""

__version__ = "0.1.0"
