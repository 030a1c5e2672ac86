"""The mail with the link that pays a sale."""

from __future__ import annotations

import pytest
from tests import factories
from tests.checkout.online import till
from tests.factories import NOW, STAFF
from tests.notify.actions.market import Market, mails, make_market

from clientela.checkout.actions.send_sale_link import send_sale_link
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.links import sale_of_token
from clientela.notify.actions.mail_sale_link import mail_sale_link
from clientela.notify.models import AccountMail
from clientela.people.models import Client, NotifyBy
from clientela.platform.worker import run_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(scope: None) -> Market:
    market = make_market()
    till.connect(market.business)
    return market


def test_the_link_opens_that_sale_and_the_mail_says_what_is_due(market: Market) -> None:
    sale = factories.sell(market.ana, market.package)
    factories.pay(sale, 5000)
    mail_sale_link(sale_id=sale.pk, now=NOW)
    ((kind, address, words),) = mails()
    assert (kind, address) == ("sale-link", "ana@example.com")
    assert words["headline"] == "150,00\xa0€ por «Bono 5»"
    token = str(words["link"]).rstrip("/").rpartition("/")[2]
    assert sale_of_token(token) == sale.pk


def test_what_was_paid_or_ended_meanwhile_is_not_asked_for(market: Market) -> None:
    paid, void = (factories.sell(market.ana, market.package) for _ in range(2))
    factories.pay(paid)
    void_sale(sale=void, because="mistake", by=STAFF, now=NOW)
    for sale in (paid, void):
        mail_sale_link(sale_id=sale.pk, now=NOW)
    assert mails() == []


def test_who_turned_messages_off_gets_none(market: Market) -> None:
    sale = factories.sell(market.ana, market.package)
    Client.objects.update(notify_by=NotifyBy.NONE)
    mail_sale_link(sale_id=sale.pk, now=NOW)
    assert mails() == []


def test_the_worker_sends_it_when_staff_ask(market: Market) -> None:
    sale = factories.sell(market.ana, market.package)
    send_sale_link(sale=sale, by=STAFF, now=NOW)
    run_once(NOW)
    assert [row.kind for row in AccountMail.objects.all()] == ["sale-link"]
