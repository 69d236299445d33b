"""Settlement by declarations of choice: who is counted, in which group, and what is due for them (R24–R27)."""
