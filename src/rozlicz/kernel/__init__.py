"""The words everyone uses: money, units, months, working days, identifiers, branches, legal parameters.

The lowest layer. Nothing here knows messages, databases, pages or the clock.
"""
