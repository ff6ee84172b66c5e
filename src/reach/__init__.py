"""Reach: how far campaigns reached, beside what enforcement achieved."""

__version__ = "0.1.0"
