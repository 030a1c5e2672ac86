"""Requests in words: what is asked, who is awaited, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from clientela.support.models import AskedAs, Request, RequestKind, RequestState
from clientela.web.design.shapes import Badge, State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class KindWords:
    """What is asked: in two words, and in a sentence."""

    name: _StrPromise
    icon: str
    means: _StrPromise


KINDS: Final[dict[str, KindWords]] = {
    RequestKind.SAME_PERSON: KindWords(
        gettext_lazy("Same person"),
        "user-check",
        gettext_lazy("Somebody says that two accounts are both theirs."),
    ),
    RequestKind.HOUSEHOLD: KindWords(
        gettext_lazy("Couple or family"),
        "users",
        gettext_lazy("Somebody says that another person belongs to their household. They stay two people."),
    ),
    RequestKind.RECLASSIFY: KindWords(
        gettext_lazy("Correct a marker"),
        "pencil",
        gettext_lazy("A specialist says that a booking is wrongly shown as new, or as returning."),
    ),
}  # fmt: skip
_STATES: Final[dict[str, tuple[_StrPromise, str, State]]] = {
    RequestState.OPEN: (gettext_lazy("Waiting for the support"), "hourglass", "wait"),
    RequestState.WAITING_FOR_CLIENT: (
        gettext_lazy("Waiting for the client"),
        "hourglass",
        "note",
    ),
    RequestState.DONE: (pgettext_lazy("a request", "Done"), "check", "good"),
    RequestState.DECLINED: (pgettext_lazy("a request", "Declined"), "x", "stop"),
    RequestState.EXPIRED: (pgettext_lazy("a request", "Expired"), "clock", ""),
    RequestState.WITHDRAWN: (pgettext_lazy("a request", "Taken back"), "undo-2", ""),
}
_OUTCOMES: Final[dict[str, _StrPromise]] = {
    "joined": gettext_lazy("Both mailboxes confirmed: the two accounts are one."),
    "accepted": gettext_lazy("The other one agreed: they belong together, each with their own record."),
    "refused": gettext_lazy("It was refused. Nothing was changed."),
    "expired": gettext_lazy("It was not confirmed in time. Nothing was changed."),
    "withdrawn": gettext_lazy("Who asked took it back. Nothing was changed."),
    "account-gone": gettext_lazy("Who asked has no account any more. Nothing was changed."),
    "granted": gettext_lazy("The marker was corrected, and what is paid with it."),
    "marker-turned": gettext_lazy("The marker says by now what was asked for."),
}  # fmt: skip


def kind_words(request: Request) -> KindWords:
    """What is asked."""
    return KINDS[request.kind]


def state_badge(request: Request) -> Badge:
    """Who is awaited, or what came of it."""
    text, icon, state = _STATES[request.state]
    return Badge(text=str(text), icon=icon, state=state)


def outcome_words(request: Request) -> str:
    """Why it ended as it did; nothing while it has not."""
    words = _OUTCOMES.get(request.outcome)
    return str(words) if words else ""


def asker_words(request: Request) -> str:
    """In which part somebody asks; not who."""
    return _("a client") if request.asked_as == AskedAs.CLIENT else _("a specialist")
