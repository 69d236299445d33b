"""The pages of "Administration and options": operators, roles, acting for others."""
