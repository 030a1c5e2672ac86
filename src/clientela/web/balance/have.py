"""What a client has left at one business, and why: balances, and every step that led to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from clientela.booking.causes import appointment_id_of
from clientela.booking.models import Appointment
from clientela.catalogue.models import Service
from clientela.ledger.models import Redemption
from clientela.ledger.queries.balances import Balance, balances
from clientela.ledger.queries.statement import Line, StatementLine, statement
from clientela.people.models import Client
from clientela.people.queries.own_name import own_name
from clientela.web.design import times
from clientela.web.visit.credit_words import services_words, sessions, short_moment, until

MOST_PIPS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Have:
    """One sale's credits: how many are free, and what the others do.

    ``pips`` is one word per credit (``used``, ``held`` for an appointment to come, ``free``), none where there
    are too many to draw; ``told`` says the same.
    """

    balance: Balance
    title: str
    until: str
    told: str
    pips: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One line of the history: the day we knew, what happened, by how many, and what was left of that sale."""

    on: date
    icon: str
    state: str
    what: str
    of: str
    change: str
    left: str
    sale_id: UUID


_LOOKS = {
    Line.GRANTED: ("plus", "good"),
    Line.REDEEMED: ("calendar-check", ""),
    Line.RETURNED: ("undo-2", "good"),
    Line.FORFEITED: ("circle-slash", "wait"),
    Line.REINSTATED: ("calendar-check", ""),
    Line.TAKEN_BACK: ("x", "none"),
}


def what_is_left(*, card: Client, today: date) -> list[Have]:
    """Return the client's balances, the one that ends first first; those with nothing left are in the history."""
    found = balances(client_id=card.pk, on=today, as_client=True)
    names = _names({key for one in found for key in one.service_ids})
    held = _held([one.grant_id for one in found], today=today)
    return [_have(one, names=names, held=held[one.grant_id], today=today) for one in found]


def _have(one: Balance, *, names: Mapping[UUID, Service], held: int, today: date) -> Have:
    used = one.credits - one.free - held
    parts = [
        (used, _("%(count)s used") % {"count": used}),
        (held, _("%(count)s reserved for what is booked") % {"count": held}),
        (one.free, _("%(count)s free") % {"count": one.free}),
    ]
    pips = ["used"] * used + ["held"] * held + ["free"] * one.free
    ends = until(one.valid_until)
    if one.applies_on > today:
        ends = _("from %(day)s, %(until)s") % {
            "day": times.short_day(one.applies_on),
            "until": ends,
        }
    services = [names[key] for key in one.service_ids if key in names]
    return Have(
        balance=one,
        title=services_words(sorted(services, key=lambda service: (service.position, service.pk))),
        until=ends,
        told=", ".join(words for count, words in parts if count),
        pips=pips if 1 < len(pips) <= MOST_PIPS else (),
    )


def history(*, card: Client, zone: str) -> list[Step]:
    """Return every step of the client's credits, the newest first. Appointments are read in ``zone``."""
    lines = statement(client_id=card.pk, as_client=True)
    visits = _visits(lines)
    return [_step(line, _visit_of(line, visits), card, zone) for line in reversed(lines)]


def _step(line: StatementLine, visit: Appointment | None, card: Client, zone: str) -> Step:
    icon, state = _LOOKS[line.line]
    is_others = visit is not None and visit.client_id != card.pk
    return Step(
        on=times.local_day(line.recorded_at, zone),
        icon="users" if is_others and line.line is Line.REDEEMED else icon,
        state=state,
        what=_told_of_other(line, visit) if visit and is_others else _told(line, visit, zone),
        of=line.name,
        change=f"{line.change:+d}".replace("-", "\N{MINUS SIGN}") if line.change else "",
        left=_("%(sessions)s then") % {"sessions": sessions(line.left)},
        sale_id=line.sale_id,
    )


def _told_of_other(line: StatementLine, visit: Appointment) -> str:
    """What happened to a session that was lent: for whom, and nothing of what it was used for."""
    whom = {"name": own_name(visit.client) or _("somebody of your household")}
    if line.line is Line.RETURNED:
        return _("Came back: it was lent to %(name)s") % whom
    return _("One session used for %(name)s") % whom


def _told(line: StatementLine, visit: Appointment | None, zone: str) -> str:
    """What happened, in one sentence without its date."""
    what = (
        {"what": visit.service.name, "when": short_moment(visit.starts_at, zone)} if visit else None
    )
    match line.line:
        case Line.GRANTED:
            return _("Bought: %(sessions)s") % {"sessions": sessions(line.change)}
        case Line.TAKEN_BACK:
            return _("Taken back: the sale was called off")
        case Line.RETURNED:
            return _("Given back: %(what)s, %(when)s") % what if what else _("Given back")
        case Line.FORFEITED:
            if what is None:
                return _("Lost")
            return _("Lost, cancelled late or missed: %(what)s, %(when)s") % what
        case Line.REDEEMED | Line.REINSTATED:
            return _("Used for %(what)s, %(when)s") % what if what else _("Used")


def _visit_of(line: StatementLine, visits: Mapping[UUID, Appointment]) -> Appointment | None:
    key = appointment_id_of(line.cause)
    return visits.get(key) if key else None


def _visits(lines: Iterable[StatementLine]) -> dict[UUID, Appointment]:
    """The appointments that the lines are about; those the client deleted are theirs to forget."""
    keys = {key for line in lines if (key := appointment_id_of(line.cause))}
    if not keys:
        return {}
    return Appointment.objects.select_related("service", "client__account").in_bulk(keys)


def _names(keys: set[UUID]) -> dict[UUID, Service]:
    return Service.objects.in_bulk(keys) if keys else {}


def _held(grant_ids: list[UUID], *, today: date) -> Counter[UUID]:
    """How many credits of each grant are kept for appointments to come; a lost one is used, whenever it was for.

    So is a lent one: when somebody else's appointment is, is not told.
    """
    if not grant_ids:
        return Counter()
    ahead = Redemption.objects.filter(
        grant__in=grant_ids, released_at__isnull=True, forfeited=False, lent=False, on__gte=today
    )
    return Counter(ahead.values_list("grant_id", flat=True))
