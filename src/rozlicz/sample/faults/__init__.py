"""Mistakes that can be planted into a report, and the verdict each of them deserves.

The codes are written here as literals, out of the Fund's lists and the published catalogue of rules: the
generator knows what it planted, and never asks the verification code.
"""
