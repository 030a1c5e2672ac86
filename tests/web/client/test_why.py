"""The client asks why a message did not arrive: their own, and nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.client.conftest import address, browser_of

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.people.models import Client as Card, NotifyBy


@pytest.mark.req("S4.28")
def test_ana_is_answered_for_an_appointment_and_for_a_business(
    signed_in: Client, visit: Appointment, card: Card
) -> None:
    page = signed_in.get(address(visit, "why"))
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store, private"
    assert 'data-check="worker-alive" data-verdict="fail"' in page.content.decode()
    page = signed_in.get("/client/messages/why")
    assert page.status_code == 200
    assert "Fisio Retiro" in page.content.decode()
    assert "answers-read" not in page.content.decode()


def test_another_persons_card_and_appointment_do_not_exist(
    visit: Appointment, card: Card, other: Account
) -> None:
    browser = browser_of(other)
    assert browser.get(address(visit, "why")).status_code == 404
    assert browser.post(address(visit, "why"), {"fix": "choose-email"}).status_code == 404
    assert browser.get(f"/client/messages/why?card={card.pk}").status_code == 404


@pytest.mark.req("S4.25")
def test_one_press_chooses_messages_again_and_the_check_passes(
    signed_in: Client, visit: Appointment, card: Card
) -> None:
    Card._base_manager.filter(pk=card.pk).update(notify_by=NotifyBy.NONE)
    page = signed_in.get(address(visit, "why")).content.decode()
    assert 'data-check="channel-chosen" data-verdict="fail"' in page
    answer = signed_in.post(address(visit, "why"), {"fix": "choose-email"})
    assert answer.status_code == 302
    card.refresh_from_db()
    assert card.notify_by == NotifyBy.EMAIL
    page = signed_in.get(address(visit, "why")).content.decode()
    assert 'data-check="channel-chosen" data-verdict="pass"' in page
    assert signed_in.post(address(visit, "why"), {"fix": "choose-email"}).status_code == 409
