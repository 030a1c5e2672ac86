"""What joining two cards means, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from clientela.business.models import Professional
from clientela.people.models import NotifyBy
from clientela.people.previews import Conflict
from clientela.people.queries.merge_plan import Moving
from clientela.platform.refusal import Refusal
from clientela.web import refusals
from clientela.web.design import times

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TABLES: Final[dict[str, _StrPromise]] = {
    "booking.Appointment": gettext_lazy("Appointments"),
    "booking.Series": gettext_lazy("Series of appointments"),
    "booking.WaitingEntry": gettext_lazy("Places on the waiting list"),
    "ledger.Sale": gettext_lazy("Sales"),
    "ledger.Grant": gettext_lazy("Packages and sessions bought"),
    "checkout.PaymentAttempt": gettext_lazy("Online payments"),
    "conversations.Conversation": gettext_lazy("Conversations"),
    "people.Identifier": gettext_lazy("Contacts"),
    "people.Client": gettext_lazy("Cards joined before"),
    "people.HouseholdMember": gettext_lazy("Belonging to a couple or family"),
}
SAID: Final[dict[str, _StrPromise]] = {
    "language": gettext_lazy("Language"),
    "zone": gettext_lazy("Time zone"),
    "birthday": gettext_lazy("Birthday"),
    "bound-to": gettext_lazy("Books only with"),
    "notify-by": gettext_lazy("Messages by"),
    "wants-follow-up": gettext_lazy("A word after the visit"),
    "email": gettext_lazy("Messages go to"),
    "phone": gettext_lazy("Texts go to"),
    "same-time": gettext_lazy("At the same time"),
}
REFUSED: Final[dict[str, _StrPromise]] = {
    "same-card": gettext_lazy("This is the same card."),
    "card-gone": gettext_lazy("One of the two cards is no more: it was joined or erased."),
    "another-business": gettext_lazy("The cards are of two businesses."),
    "two-log-ins": gettext_lazy(
        "Both cards have a log-in of their own. Only their owner can join them: signed in, under “My addresses”, with a code from each of the two mailboxes. Nobody else can, nor can the support."
    ),
    "linked-to-staff": gettext_lazy(
        "One of the two is the card of somebody who works here. Such a card is joined only by its owner, who signs in."
    ),
    "plan-changed": gettext_lazy(
        "Something of the two cards changed since you looked. This is how it stands now: look again and confirm."
    ),
    "evidence-missing": gettext_lazy("Write how you know that both are the same person."),
    "already-parted": gettext_lazy("These cards were parted already."),
    "already-answered": gettext_lazy("Somebody answered this already."),
    "row-gone": gettext_lazy("It belongs to another card by now."),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something the two cards say differently, as it is drawn; ``is_clash``: two appointments that meet."""

    label: str
    stays: str
    goes: str
    is_clash: bool


def refused_words(refusal: Refusal | str) -> str:
    """Why not, as a sentence."""
    reason = refusal if isinstance(refusal, str) else refusal.reason
    if reason in REFUSED:
        return str(REFUSED[reason])
    return str(refusals.of(refusal)) if isinstance(refusal, Refusal) else reason


def moves_told(moves: Iterable[Moving]) -> list[tuple[str, int]]:
    """What comes along, in the order in which it is asked about at a desk."""
    counts = {one.label: one.count for one in moves}
    return [(str(words), counts[table]) for table, words in TABLES.items() if table in counts]


def differences(conflicts: Iterable[Conflict]) -> list[Difference]:
    """What the two say differently, those that meet in time last."""
    found = [*conflicts]
    names = _names(found)
    told = [
        Difference(
            label=str(SAID[one.what]),
            stays=_value(one.what, one.of_into, names),
            goes=_value(one.what, one.of_card, names),
            is_clash=one.what == "same-time",
        )
        for one in found
    ]
    return sorted(told, key=lambda one: one.is_clash)


def warned(warnings: Iterable[tuple[str, int]]) -> list[str]:
    """What happens at once besides."""
    return [
        ngettext(
            "%(count)s appointment that waits for a session uses one of the other card’s at once.",
            "%(count)s appointments that wait for a session use the other card’s at once.",
            count,
        )
        % {"count": count}
        for what, count in warnings
        if what == "credits-used-at-once"
    ]


def _names(conflicts: list[Conflict]) -> Mapping[UUID, Professional]:
    keys = [
        UUID(value)
        for one in conflicts
        if one.what == "bound-to"
        for value in (one.of_card, one.of_into)
    ]
    rows = Professional.objects.select_related("resource")
    return rows.in_bulk(keys) if keys else {}


def _value(what: str, value: str, names: Mapping[UUID, Professional]) -> str:
    read = {
        "birthday": lambda: times.short_day_and_year(date.fromisoformat(value)),
        "language": lambda: dict(settings.LANGUAGES).get(value, value),
        "zone": lambda: times.zone_city(value),
        "bound-to": lambda: names[UUID(value)].name if UUID(value) in names else "",
        "notify-by": lambda: _by(value),
        "wants-follow-up": lambda: _("yes") if value == "True" else _("no"),
    }.get(what)
    return str(read()) if read else value


def _by(value: str) -> str:
    return {
        NotifyBy.NONE: _("nothing"),
        NotifyBy.EMAIL: _("email"),
        NotifyBy.EMAIL_AND_SMS: _("email and text"),
    }[NotifyBy(value)]
