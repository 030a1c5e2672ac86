"""The part of the audited world that is paid out: two visits in a closed statement, one of them corrected since."""

from __future__ import annotations

from datetime import date

from tests import factories
from tests.factories import STAFF, at

from clientela.booking.actions.correct_status import correct_status
from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.models import Status
from clientela.business.models import Business, Professional
from clientela.payouts.actions.add_commission import add_commission
from clientela.payouts.actions.close_statement import close_statement

SATURDAY, TUESDAY = at("2027-11-20 09:00"), at("2027-11-23 07:00")


def fill(business: Business, professional: Professional) -> None:
    """Close Monday on Tuesday; then it turns out that the second client did not come."""
    add_commission(
        business=business,
        new_share=4000,
        returning_share=6500,
        valid_from=date(2027, 11, 1),
        by=STAFF,
        now=SATURDAY,
    )
    paid = factories.make_service(
        business, "Osteopatía", professionals=(professional,), price_minor=6001
    )
    card = factories.make_client(business, "Pau Prueba", "pau@example.com")
    for hour in ("10:00", "11:00"):
        start = at(f"2027-11-22 {hour}")
        visit = factories.book(paid, start, client=card, by=STAFF, now=SATURDAY).appointment
        visit = mark_attended(appointment=visit, by=STAFF, now=start)
    close_statement(
        professional=professional,
        last_on=date(2027, 11, 22),
        currency="EUR",
        by=STAFF,
        now=TUESDAY,
    )
    correct_status(appointment=visit, to=Status.NO_SHOW, by=STAFF, now=TUESDAY)


TURNED = (
    "UPDATE booking_attribution SET value = 'new', reason = 'first-visit', "
    'facts = \'{{"channel": "self", "account": "card"}}\''
)
PAID_FAULTS: list[tuple[str, str, list[str]]] = [
    ("markers", "has no marker", ["DELETE FROM booking_attribution"]),
    ("markers", "its facts do not say", ["UPDATE booking_attribution SET reason = 'merged'"]),
    ("markers", "but is its client's returning", [TURNED]),
    ("payouts", "its lines", ["UPDATE payouts_statement SET total_minor = 1"]),
    ("payouts", "which is not", ["UPDATE payouts_statementline SET share = 1"]),
    ("payouts", "did not take place", ["DELETE FROM payouts_adjustment"]),
]
