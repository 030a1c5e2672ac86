"""A business as a file: the format, what must hold in it, and moving it in time. No database here.

``read_text`` gives a document whose shape is right, ``check`` a document that makes sense as a whole,
``canonical_text`` the one text of a document. The reference is ``docs/reference/business-file.md``.
"""
