"""The rules themselves, a module a subject. Each module ends with the tuple that registers its rules."""
