"""The refusals an operation may answer with, and who may call it: for the description."""

from __future__ import annotations

from typing import Any, Final

from clientela.api.schemas import RefusalOut

ANYONE: Final[dict[str, Any]] = {"security": []}
ANYONE_OR_TOKEN: Final[dict[str, Any]] = {"security": [{}, {"token": []}]}
TOKEN: Final[dict[str, Any]] = {"security": [{"token": []}]}
TOKEN_OR_LINK: Final[dict[str, Any]] = {"security": [{"token": []}, {"link": []}]}


def refusals(*codes: int) -> dict[int, type[RefusalOut]]:
    """Declare the codes, each with the one shape of a refusal.

    Any request may be unreadable (400), name a business that is not there (404) or be malformed (422).
    """
    return dict.fromkeys(sorted({400, 404, 422, *codes}), RefusalOut)
