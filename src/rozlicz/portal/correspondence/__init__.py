"""Announcements, documents and help for all; parcels, surveys and reports to the operator with each provider."""
