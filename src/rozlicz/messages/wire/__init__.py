"""What every message shares: the file around it, safe walking, values and their texts, refusals."""
