"""Requests (*wnioski*): one small workflow for everything that a provider must ask the branch for."""
