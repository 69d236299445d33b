"""The command line: the provider's settlement program off-line."""
