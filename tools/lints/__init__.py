"""Lints that no shop sells: each grew out of one way this kind of code base goes wrong.

Every module here has a docstring that says why it exists, a function ``complaints(root)`` that yields
one line per fault, ``path:line: sentence``, and a test that shows it a fault it must find.
"""
