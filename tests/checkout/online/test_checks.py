"""The doctor sees money that is stuck."""

from __future__ import annotations

from datetime import timedelta

from tests.checkout.online import till
from tests.checkout.online.till import LATER
from tests.factories import STAFF

from clientela.catalogue.models import Package
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.checks import payments_flow
from clientela.checkout.models import ProviderAccount, Purpose, RefundOrder
from clientela.ledger.models import Sale
from clientela.people.models import Client
from clientela.platform.doctor import Grade


def test_without_online_payments_nothing_is_asked(client_card: Client) -> None:
    assert list(payments_flow(LATER)) == []


def test_it_says_what_waits_and_what_failed(
    account: ProviderAccount, package: Package, client_card: Client
) -> None:
    attempt = till.begin(client_card, Purpose.PACKAGE, package=package)
    till.pay(attempt)
    assert [one.grade for one in payments_flow(LATER)] == [Grade.OK]
    void_sale(sale=Sale.objects.get(), because="moved", refund_by=None, by=STAFF, now=LATER)
    (late,) = payments_flow(LATER + timedelta(hours=3))
    assert (late.grade, "1 payments or refunds" in late.text) == (Grade.BAD, True)
    RefundOrder.objects.update(state="failed", try_at=None)
    till.tell(attempt, event_id="wrong", payment_ref="other", amount_minor=1)
    assert [one.grade for one in payments_flow(LATER)] == [Grade.BAD, Grade.WARN]
    ProviderAccount.objects.update(sealed_hook_secret="of a key that is gone")
    assert [one.grade for one in payments_flow(LATER)] == [Grade.BAD, Grade.BAD, Grade.WARN]
