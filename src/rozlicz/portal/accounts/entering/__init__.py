"""Coming in by password: attempts and their limits, sessions, what the owner is told."""
