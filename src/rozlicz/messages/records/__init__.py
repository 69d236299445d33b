"""Records of any message as data: one walker over the dataclasses, for JSON and for tables."""
