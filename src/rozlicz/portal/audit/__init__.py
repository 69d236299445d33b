"""Who did what, when, from where, and for whom."""
