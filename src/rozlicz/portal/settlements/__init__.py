"""Requests for settlement and bill templates."""
