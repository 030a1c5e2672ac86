"""Which account this browser began: it alone keeps, when the mailbox is proved, what was set before the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:
    from django.http import HttpRequest

_KEY: Final = "signed_up"


def remember(request: HttpRequest, *, account_id: UUID) -> None:
    """Note it in the session. For an address that was taken there is no such account, and any id serves."""
    request.session[_KEY] = str(account_id)


def was_begun_here(request: HttpRequest, *, account_id: UUID) -> bool:
    """Whether it was this browser."""
    return bool(request.session.get(_KEY) == str(account_id))


def forget(request: HttpRequest) -> None:
    """The mailbox is proved; from now on it makes no difference."""
    request.session.pop(_KEY, None)
