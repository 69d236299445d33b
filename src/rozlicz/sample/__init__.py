"""Realistic data from a seed: contracts, plans and reports with a known expected result."""
