"""Demonstration and test data from a seed: a branch, its providers and contracts, and reports with planted errors.

The same seed gives the same bytes. Expected results are computed here, without any verification code: the
generator knows what it planted. Persons, providers and numbers are invented; a likeness would be chance.
"""
