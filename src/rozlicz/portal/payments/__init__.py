"""Payment runs."""
