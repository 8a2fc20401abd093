"""Where Exercise and check were in version 0.1: notebooks of that time import them from here. Today: from optimlib import Exercise, check."""

from .exercises.widget import Exercise, check

__all__ = ["Exercise", "check"]
