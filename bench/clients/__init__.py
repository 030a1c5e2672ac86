"""Invented clients of four languages, with the truth about each pair: one person, one household, or strangers.

Persons live in households, come through channels and are written down with the slips of each. Everything follows from
a seed. Used by ``bench/identity.py`` and by the tests of ``rules/client_match.py``.
"""
