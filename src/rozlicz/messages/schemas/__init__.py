"""The published contracts (XSD) of all messages, and holding a message against its own."""
