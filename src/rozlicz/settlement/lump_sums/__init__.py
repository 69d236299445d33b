"""Settlement by lump sums (R28): readiness by the day or month, duties, night care, the hospital network.

`due.settle_lump_sums` settles a month of a contract; the other modules are its rules, each usable alone.
"""
