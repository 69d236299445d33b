"""Prevention programmes (R29–R35): which is settled where, what may be billed and when, and the bill of a month."""
