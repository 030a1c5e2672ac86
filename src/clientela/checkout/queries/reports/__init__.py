"""What the owner asks of the money: one report in a file.

Each takes ``known_at``: then it answers as one would have answered at that instant, from rows that are only added
and carry when they were recorded. Amounts are minor units of the business's currency.
"""
