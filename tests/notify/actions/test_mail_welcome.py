"""The welcome mail: from the business, in the client's language, with a link of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.notify.actions.mail_welcome import mail_welcome
from clientela.notify.models import AccountMail
from clientela.people.actions.send_welcome import send_welcome
from clientela.people.queries.card_by_welcome import card_by_welcome
from clientela.platform import sealed
from clientela.platform.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)
DESK = Actor.system("tests")


@pytest.mark.req("S1.40")
def test_it_comes_from_the_business_and_its_link_opens_the_door(business, client_card, now):
    send_welcome(client=client_card, by=DESK, now=now)
    mail_welcome(client_id=client_card.pk, now=now)
    row = AccountMail.objects.get()
    words = sealed.open_kept(row.parcel_id)
    assert (row.address, words["sender_name"]) == ("ana@example.com", "Fisio Norte")
    assert words["headline"] == "Te damos la bienvenida, Ana"
    token = words["link"].rstrip("/").rpartition("/")[2]
    assert f"/fisio/welcome/{token}/" in words["link"]
    later = now + timedelta(days=29)
    assert card_by_welcome(business=business, token=token, now=later) == client_card
    assert token not in str(client_card.__dict__)


def test_a_second_welcome_replaces_the_link_of_the_first(business, client_card, now):
    for _ in range(2):
        send_welcome(client=client_card, by=DESK, now=now)
        mail_welcome(client_id=client_card.pk, now=now)
    links = [sealed.open_kept(row.parcel_id)["link"] for row in AccountMail.objects.order_by("id")]
    tokens = [link.rstrip("/").rpartition("/")[2] for link in links]
    found = [card_by_welcome(business=business, token=token, now=now) for token in tokens]
    assert found == [None, client_card]


def test_who_came_in_meanwhile_gets_none(client_card, now):
    from tests.factories import make_account  # noqa: PLC0415 -- one use

    send_welcome(client=client_card, by=DESK, now=now)
    client_card.refresh_from_db()
    client_card.account = make_account("ana@example.com", "Ana")
    client_card.save()
    mail_welcome(client_id=client_card.pk, now=now)
    assert AccountMail.objects.count() == 0


def test_a_name_that_is_a_link_is_none_in_the_mail(client_card, now):
    client_card.record_name = "www.evil.example/x Ana"
    client_card.save()
    send_welcome(client=client_card, by=DESK, now=now)
    mail_welcome(client_id=client_card.pk, now=now)
    words = sealed.open_kept(AccountMail.objects.get().parcel_id)
    assert "www.evil.example" not in words["headline"]
