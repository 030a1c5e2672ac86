"""The appointment as chosen so far: what the slip and the bar under the thumb say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from clientela.booking.slot import Slot
from clientela.business.models import BookingPolicy
from clientela.catalogue.models import Service
from clientela.rules.cancellation import free_until
from clientela.rules.change_policy import ChangePolicy
from clientela.rules.credit_outcome import CreditPolicy
from clientela.rules.ways_to_pay import Way
from clientela.web.booking_page.counter import Counter
from clientela.web.booking_page.offering import Offering
from clientela.web.design import figures, times
from clientela.web.promises import change_words
from clientela.web.visit.cost import comes_back_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The chosen appointment in the reader's words; `beside` is its time in the second zone that matters."""

    starts_at: datetime
    ends_at: datetime
    what: str
    detail: str
    terms: str
    beside: str
    opens: int
    closes: int


def summary_of(counter: Counter) -> Summary | None:
    """The slip, once a free start is chosen."""
    found, service = counter.found, counter.offer.service
    if found is None or found.chosen is None or service is None:
        return None
    slot = found.chosen
    cost = figures.price(service.price_minor, counter.business.currency)
    price = cost if service.price_minor else ""
    return Summary(
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        what=service.name,
        detail=" · ".join(
            part for part in (_for_whom(counter), with_whom(counter.offer, slot), price) if part
        ),
        terms=" · ".join(
            part for part in (figures.minutes(service.duration_minutes), price) if part
        ),
        beside=beside_words(slot.starts_at, counter.reading.beside),
        opens=found.opens,
        closes=found.closes,
    )


def _for_whom(counter: Counter) -> str:
    """The relative by name, where it is for one."""
    if counter.relative is None:
        return ""
    return _("For %(name)s") % {"name": counter.relative.record_name}


def with_whom(offer: Offering, slot: Slot) -> str:
    """The person by name, where it is clear who; else that it will be whoever is free."""
    names = {person.pk: person.name for person in offer.professionals}
    if offer.professional is not None:
        return _("With %(name)s") % {"name": offer.professional.name}
    if len(slot.professional_ids) == 1 and slot.professional_ids[0] in names:
        return _("With %(name)s") % {"name": names[slot.professional_ids[0]]}
    return _("With whoever is free")


def beside_words(at: datetime, zone: str) -> str:
    """The same moment in the second zone: `05:30 in New York`; with its day where that differs."""
    if not zone:
        return ""
    return _("%(day)s, %(time)s in %(city)s") % {
        "day": times.short_day(at, zone),
        "time": times.clock(at, zone),
        "city": times.zone_city(zone),
    }


def promises(counter: Counter) -> list[str]:
    """Until when the chosen appointment could be moved and cancelled online."""
    start, service = counter.start, counter.offer.service
    if start is None or service is None:
        return []
    move, cancel = policies(counter.offer.policy, service)
    said = change_words(
        move_until=move.closes_at(start),
        cancel_until=cancel.closes_at(start),
        now=counter.now,
        zone=counter.reading.zone,
    )
    return [*said, *_session_promises(counter, service, start=start, cancel=cancel)]


def _session_promises(
    counter: Counter, service: Service, *, start: datetime, cancel: ChangePolicy
) -> list[str]:
    """What becomes of a session that is paid for, if it is cancelled late or missed."""
    terms, policy = counter.terms, counter.offer.policy
    if terms is None or set(terms.ways) == {Way.LATER}:
        return []
    own = service.cancel_free_minutes
    credit = CreditPolicy(
        free_minutes=policy.cancel_free_minutes if own is None else own,
        no_show_forfeits=policy.no_show_forfeits,
    )
    said = comes_back_words(
        free_until=free_until(policy=cancel, credit=credit, starts_at=start),
        closes_at=cancel.closes_at(start),
        now=counter.now,
        zone=counter.reading.zone,
    )
    if policy.no_show_forfeits:
        said.append(_("What is paid for and missed is lost."))
    return said


def policies(policy: BookingPolicy, service: Service) -> tuple[ChangePolicy, ChangePolicy]:
    """The policies for moving and cancelling: a service's own cut-offs go before the business's."""
    move, cancel = service.reschedule_closes_minutes, service.cancel_closes_minutes
    return (
        ChangePolicy(
            allowed=policy.client_may_reschedule,
            closes_minutes=policy.reschedule_closes_minutes if move is None else move,
        ),
        ChangePolicy(
            allowed=policy.client_may_cancel,
            closes_minutes=policy.cancel_closes_minutes if cancel is None else cancel,
        ),
    )
