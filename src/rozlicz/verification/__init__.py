"""Is this report right? The catalogue of rules, run over columns."""
