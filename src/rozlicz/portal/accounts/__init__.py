"""Operators and log-in."""
