"""Access tokens: how the program of an installation proves on whose behalf it calls the API, and what it may do."""
