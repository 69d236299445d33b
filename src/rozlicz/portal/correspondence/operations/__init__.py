"""Every write to correspondence."""
