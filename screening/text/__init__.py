"""Screening of running text."""

from .screen import screen_text

__all__ = ["screen_text"]
