"""The trade's rules: pure decisions and arithmetic over plain values.

Nothing here knows that a database, a clock or a web exists; ``now`` is always an argument.
"""
