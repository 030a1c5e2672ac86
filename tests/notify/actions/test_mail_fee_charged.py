"""Whose card was charged for not coming is told so, once, and gets no receipt beside it."""

from __future__ import annotations

import pytest
from tests import factories
from tests.checkout.online import till
from tests.factories import STAFF
from tests.notify.actions.market import mails, make_market

from clientela.booking.actions.mark_no_show import mark_no_show
from clientela.checkout.actions.charge_no_show_fee import charge_no_show_fee
from clientela.checkout.consent import Consent
from clientela.ledger.models import Payment, Sale
from clientela.notify.actions.mail_fee_charged import mail_fee_charged
from clientela.notify.actions.mail_payment import mail_receipt

pytestmark = pytest.mark.django_db
AFTER = factories.at("2026-11-24 11:00")


def test_the_mail_names_the_appointment_and_what_was_agreed(scope: None) -> None:
    market = make_market()
    till.connect(market.business)
    paying = till.hold_and_begin(
        market.service, "2026-11-24 10:00", only_card=True, consent=Consent(2_000)
    )
    till.pay(paying.attempt)
    missed = mark_no_show(appointment=till.fresh(paying.booked.appointment), by=STAFF, now=AFTER)
    charge_no_show_fee(appointment=missed, by=STAFF, now=AFTER)
    sale = Sale.objects.get()
    mail_fee_charged(sale_id=sale.pk, appointment_id=missed.pk, now=AFTER)
    ((kind, address, words),) = mails()
    assert (kind, address) == ("fee-charged", "luz@example.com")
    assert words["headline"] == "20,00\xa0€ por una cita a la que no viniste"
    assert "No viniste a Fisioterapia el martes 24 de noviembre de 2026, 10:00" in str(
        words["sentences"]
    )
    mail_receipt(payment_id=Payment.objects.get().pk, now=AFTER)
    assert len(mails()) == 1
