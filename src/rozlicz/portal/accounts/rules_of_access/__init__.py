"""The branch's page of its rules of access."""
