"""The Django project: who may do what, and what happened."""
