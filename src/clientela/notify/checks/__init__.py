"""What the doctor asks about messages; importing the modules registers their questions."""

from __future__ import annotations

from clientela.notify.checks import flow, mail, pushes, texts

__all__ = ["flow", "mail", "pushes", "texts"]
