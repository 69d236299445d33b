"""Rozlicz: provider portal and settlement engine for publicly funded health care."""

__version__ = "0.1.0"
