"""Screening of running text. Plain Python: no Django."""

from .screen import screen_text

__all__ = ["screen_text"]
