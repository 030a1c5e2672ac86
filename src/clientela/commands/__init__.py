"""The verbs of the ``clientela`` command, one module each, exporting ``command``.

Modules import Django only inside the function: a verb may set the environment first.
"""
