"""Reporting periods: which months the branch has closed for reports, and what was unlocked in them."""
