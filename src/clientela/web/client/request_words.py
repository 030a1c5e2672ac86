"""My requests in words: what I asked, who is awaited and for how long, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from clientela.support.actions.expire_requests import WAITS_FOR
from clientela.support.models import Request, RequestKind, RequestState
from clientela.support.queries.requests_told import UNCONFIRMED, told_state
from clientela.web.design.shapes import Badge, State
from clientela.web.elapsed import elapsed_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_WORTH_SAYING: Final = timedelta(hours=1)
_NAMES: Final[dict[str, tuple[_StrPromise, str]]] = {
    RequestKind.SAME_PERSON: (gettext_lazy("I have two accounts"), "merge"),
    RequestKind.HOUSEHOLD: (gettext_lazy("Couple or family"), "users"),
    RequestKind.RECLASSIFY: (gettext_lazy("Correct whether somebody is new"), "pencil"),
}
_AWAITED: Final[dict[tuple[str, str], _StrPromise]] = {
    (RequestKind.SAME_PERSON, RequestState.WAITING_FOR_CLIENT): gettext_lazy("Both codes are awaited from you, on the page where you asked."),
    (RequestKind.HOUSEHOLD, RequestState.WAITING_FOR_CLIENT): gettext_lazy("Their answer is awaited. Only who reads that mailbox can give it."),
    (RequestKind.RECLASSIFY, RequestState.WAITING_FOR_CLIENT): gettext_lazy("The client’s own word is awaited. Nobody can give it for them."),
    (RequestKind.RECLASSIFY, RequestState.OPEN): gettext_lazy("The owner of the business or the support is awaited."),
}  # fmt: skip
_CAME_OF_IT: Final[dict[tuple[str, str], _StrPromise]] = {
    (RequestKind.SAME_PERSON, RequestState.DONE): gettext_lazy("Both mailboxes confirmed it: the two accounts became one."),
    (RequestKind.HOUSEHOLD, RequestState.DONE): gettext_lazy("They agreed. Each of you keeps a client card of your own."),
    (RequestKind.RECLASSIFY, RequestState.DONE): gettext_lazy("It was corrected, and what is paid for the visit with it."),
    (RequestKind.RECLASSIFY, RequestState.DECLINED): gettext_lazy("It stays as it was."),
}  # fmt: skip
_STATES: Final[dict[str, tuple[_StrPromise, str, State]]] = {
    RequestState.OPEN: (pgettext_lazy("a request", "Waiting"), "hourglass", "wait"),
    RequestState.WAITING_FOR_CLIENT: (pgettext_lazy("a request", "Waiting"), "hourglass", "wait"),
    RequestState.DONE: (pgettext_lazy("a request", "Done"), "check", "good"),
    RequestState.DECLINED: (pgettext_lazy("a request", "Declined"), "x", ""),
    RequestState.EXPIRED: (pgettext_lazy("a request", "Ran out"), "clock", ""),
    RequestState.WITHDRAWN: (pgettext_lazy("a request", "Taken back"), "undo-2", ""),
    UNCONFIRMED: (pgettext_lazy("a request", "Not confirmed"), "clock", ""),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedLine:
    """One of my requests: ``about`` names the address I typed, or the business; ``waits`` for how long, in words, from an hour on."""

    request: Request
    name: str
    icon: str
    about: str
    badge: Badge
    words: str
    waits: str
    closes_at: datetime | None
    page_url: str
    may_withdraw: bool


def asked_line(one: Request, *, account_id: UUID, now: datetime) -> AskedLine:
    """Return it for the list. That the other mailbox said no reads like its silence."""
    name, icon = _NAMES[one.kind]
    text, mark, state = _STATES[told_state(kind=one.kind, state=one.state)]
    waits = one.ended_at is None
    is_join = one.kind == RequestKind.SAME_PERSON
    return AskedLine(
        request=one,
        name=str(name),
        icon=icon,
        about=one.business.name if one.business else "".join(one.emails[1:2]),
        badge=Badge(text=str(text), icon=mark, state=state),
        words=_words(one),
        waits=elapsed_words(now - one.since) if waits and now - one.since >= _WORTH_SAYING else "",
        closes_at=_closes_at(one, now=now) if waits else None,
        page_url=reverse("client:two-accounts") if waits and is_join else "",
        may_withdraw=waits and not is_join and one.account_id == account_id,
    )


def _words(one: Request) -> str:
    known = (_AWAITED if one.ended_at is None else _CAME_OF_IT).get((one.kind, one.state))
    return str(known) if known is not None else _("Nothing was changed.")


def _closes_at(one: Request, *, now: datetime) -> datetime | None:
    """When it ends by itself, where it does and the time is not over."""
    if one.kind == RequestKind.RECLASSIFY:
        by_itself = one.state == RequestState.WAITING_FOR_CLIENT
        return one.since + WAITS_FOR if by_itself else None
    rests_on = one.join or one.invitation
    at = rests_on.closes_at if rests_on is not None else None
    return at if at is not None and at - now > timedelta() else None
