"""The application with its locks and checks switched off: what a careless program would serve.

Only for the negative controls: ``clientela serve`` cannot be made to load it.
"""

from __future__ import annotations

from tests.races.racer import go_blind

from clientela.wsgi import application

__all__ = ["application"]

go_blind()
