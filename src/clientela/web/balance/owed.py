"""What a client has still to pay at one business: unpaid sales, and appointments that wait for payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import pending_redemption
from clientela.ledger.models import Sale
from clientela.ledger.queries.client_sales import outstanding_sales
from clientela.ledger.queries.sale_sums import sale_sums
from clientela.people.models import Client
from clientela.rules.lifecycle import Status
from clientela.web.design.shapes import Badge
from clientela.web.states import Audience, badge_of, sale_badge
from clientela.web.visit.credit_words import short_moment


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedSale:
    """A sale that is not fully paid; ``due_minor`` is missing."""

    sale: Sale
    due_minor: int
    badge: Badge


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedVisit:
    """An appointment that no credit pays for; ``pay_url`` says how it can be."""

    appointment: Appointment
    when: str
    badge: Badge
    pay_url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """All of it, the oldest first."""

    sales: Sequence[OwedSale]
    visits: Sequence[OwedVisit]

    @property
    def total_minor(self) -> int:
        """The sum, where each appointment counts at the price it was booked at."""
        due = sum(one.due_minor for one in self.sales)
        return due + sum(one.appointment.price_minor for one in self.visits)

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.sales or self.visits)


def owed_by(card: Client, *, zone: str) -> Owed:
    """Return what the client has still to pay; times are read in ``zone``. Three or four queries.

    A request is paid for once it is accepted.
    """
    sales = list(outstanding_sales(business_id=card.business_id, client_id=card.pk, as_client=True))
    sums = sale_sums(sale_ids=[one.pk for one in sales]) if sales else {}
    visits = [
        one
        for one in pending_redemption(client_id=card.pk, as_client=True)
        if one.hidden_at is None and one.status != Status.REQUESTED
    ]
    return Owed(
        sales=[
            OwedSale(
                sale=one,
                due_minor=sums[one.pk].due,
                badge=sale_badge(one.state, audience=Audience.CLIENT),
            )
            for one in sales
        ],
        visits=[
            OwedVisit(
                appointment=one,
                when=short_moment(one.starts_at, zone),
                badge=badge_of(one.status, audience=Audience.CLIENT, redemption=one.redemption),
                pay_url=reverse("balance:pay-appointment", args=[one.pk]),
            )
            for one in visits
        ],
    )
