"""What a plan would do: an appointment that is in the diary, told by a plan that is not kept yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from clientela.booking.models import Appointment, Status
from clientela.notify.models import Recipient, Rule
from clientela.notify.occasions import Fact
from clientela.notify.queries.forecast import ForecastLine, forecast_of
from clientela.notify.queries.plan import PlanLine
from clientela.web.design.shapes import Bead
from clientela.web.desk.staff import Desk
from clientela.web.message_words import channel_icon, message_title, reason_words
from clientela.web.refusals import when
from clientela.web.states import Audience

_FACTS: Final = (Fact.BOOKED, Fact.MOVED, Fact.CANCELLED)
_OF_FACT: Final = {Fact.MOVED: Rule.CHANGE, Fact.CANCELLED: Rule.CANCELLATION}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one thing that may happen."""

    title: str
    beads: Sequence[Bead]


@dataclass(frozen=True, slots=True)
class Example:
    """The next appointment there is, and what its client would be told."""

    appointment: Appointment
    zone: str
    told: Sequence[Told]


def example_of(desk: Desk, plan: Sequence[PlanLine]) -> Example | None:
    """Return what the client of the next appointment would get by this plan; nothing where nobody has booked."""
    appointment = (
        Appointment.objects.filter(
            business=desk.business, status=Status.CONFIRMED, starts_at__gt=desk.now
        )
        .select_related(
            "business", "location", "service", "client__account", "professional__account",
            "professional__resource",
        )
        .order_by("starts_at", "id")
        .first()
    )  # fmt: skip
    if appointment is None:
        return None
    titles = {
        Fact.BOOKED: _("Booked now"),
        Fact.MOVED: _("Moved to another time"),
        Fact.CANCELLED: _("Cancelled"),
    }
    told = [
        Told(titles[fact], [_bead(one, desk) for one in _lines(appointment, fact, plan, desk)])
        for fact in _FACTS
    ]
    return Example(appointment, appointment.promised_zone, [one for one in told if one.beads])


def _lines(
    appointment: Appointment, fact: Fact, plan: Sequence[PlanLine], desk: Desk
) -> list[ForecastLine]:
    lines = forecast_of(
        appointment=appointment, fact=fact, by="client", plan=tuple(plan), now=desk.now
    )
    only = _OF_FACT.get(fact)
    return [
        one
        for one in lines
        if one.recipient is Recipient.CLIENT and (only is None or one.rule is only)
    ]


def _bead(line: ForecastLine, desk: Desk) -> Bead:
    title = message_title(line.rule, line.channel, line.timing)
    if line.will_be_sent:
        said = _("at once") if line.leaves_at <= desk.now else when(line.leaves_at, line.zone)
        return Bead(icon=channel_icon(line.channel), title=title, when=said)
    why = reason_words(
        line.reason, audience=Audience.STAFF, channel=line.channel, because=line.because
    )
    return Bead(icon=why.icon, title=title, why=why.text, state="none")
