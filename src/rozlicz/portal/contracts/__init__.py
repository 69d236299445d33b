"""Contracts, annexes and their files."""
