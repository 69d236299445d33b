"""Spa treatment (R36–R48): person-days of a stay, board and lodging of exempt persons, the due of a round or month.

`rounds.settle_report` settles one report; the other modules are its rules, each usable alone.
"""
