"""Printouts: documents as PDF, bytes in and bytes out, without a network, a clock or a file of their own."""
