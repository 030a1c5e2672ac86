"""The auditor: a program of its own that reads a database and says which promises it breaks.

It shares no code with the application, not even its settings: it looks at tables with plain SQL,
so a mistake in the application cannot hide itself here. ``python -m clientela.auditor URL`` runs
it anywhere; ``clientela audit`` runs it on this installation. It only reads.
"""
