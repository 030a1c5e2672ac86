"""What the visitor will receive if they book the chosen time: which messages, when on their clock, and what not."""

from __future__ import annotations

from typing import Final

from clientela.booking.models import Channel
from clientela.notify.queries.forecast import Wish, forecast
from clientela.rules.lifecycle import Status
from clientela.web.booking_page.counter import Counter
from clientela.web.client_promises import client_promises
from clientela.web.design.shapes import Bead

TO_BE_TYPED: Final = "?"
"""Stands for the address a guest is about to type. The typed one is not looked up: what is known of an address is
its owner's alone."""


def expected(counter: Counter) -> list[Bead]:
    """The client's messages; nothing until a free start is chosen, for only then is it known when each would leave.

    Nothing for a relative either: by what somebody is told, is theirs to know.
    """
    if counter.relative is not None:
        return []
    found, service, place = counter.found, counter.offer.service, counter.offer.location
    if found is None or found.chosen is None or service is None or place is None:
        return []
    person = counter.person
    wish = Wish(
        business=counter.business,
        service=service,
        location=place,
        starts_at=found.chosen.starts_at,
        ends_at=found.chosen.ends_at,
        channel=Channel.WEB,
        by="client" if person else "guest",
        status=Status.REQUESTED if service.needs_approval else Status.CONFIRMED,
        professional=counter.offer.professional,
        card=person.card if person else None,
        account=person.account if person else None,
        email=person.contact.address if person else TO_BE_TYPED,
        zone=counter.reading.zone if counter.reading.may_choose else "",
    )
    return client_promises(forecast(wish=wish, now=counter.now))
