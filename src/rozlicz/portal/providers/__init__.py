"""Providers, their bank accounts and installations."""
