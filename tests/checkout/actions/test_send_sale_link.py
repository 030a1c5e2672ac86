"""Staff send a client the way to pay a sale; not what cannot be paid, and to nobody without an address."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import GUEST, NOW, STAFF

from clientela.booking.errors import StaffOnly
from clientela.business.models import Business
from clientela.catalogue.models import Package
from clientela.checkout.actions.connect_provider import connect_provider
from clientela.checkout.actions.send_sale_link import send_sale_link
from clientela.checkout.events import SaleLinkSent
from clientela.checkout.models import ProviderName
from clientela.checkout.payment_errors import NothingToPay, OnlinePaymentOff
from clientela.people.errors import NoAddress
from clientela.people.models import Client, Identifier
from clientela.platform.audit import history
from clientela.platform.models import OutboxEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def online(business: Business, scope: None) -> None:
    connect_provider(business=business, provider=ProviderName.SIMULATOR, by=STAFF, now=NOW)


def sent() -> int:
    return OutboxEvent.objects.filter(name=SaleLinkSent.name).count()


@pytest.mark.usefixtures("online")
def test_it_is_asked_for_audited_and_may_be_asked_for_again(
    client_card: Client, package: Package
) -> None:
    sale = factories.sell(client_card, package)
    for _ in range(2):
        send_sale_link(sale=sale, by=STAFF, now=NOW)
    assert sent() == 2
    assert [line.action for line in history(subject=sale)] == ["sale-link-sent", "sale-link-sent"]


@pytest.mark.usefixtures("online")
def test_what_cannot_be_paid_is_not_asked_for(client_card: Client, package: Package) -> None:
    sale = factories.sell(client_card, package)
    with pytest.raises(StaffOnly):
        send_sale_link(sale=sale, by=GUEST, now=NOW)
    Identifier.objects.filter(client=client_card).update(for_notifications=False)
    with pytest.raises(NoAddress):
        send_sale_link(sale=sale, by=STAFF, now=NOW)
    factories.pay(sale)
    with pytest.raises(NothingToPay):
        send_sale_link(sale=sale, by=STAFF, now=NOW)
    assert sent() == 0


def test_without_online_payments_there_is_no_link(client_card: Client, package: Package) -> None:
    sale = factories.sell(client_card, package)
    with pytest.raises(OnlinePaymentOff):
        send_sale_link(sale=sale, by=STAFF, now=NOW)
