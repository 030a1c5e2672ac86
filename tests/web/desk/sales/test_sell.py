"""Selling at the desk: every choice says what it would do, and saving does just that."""

from __future__ import annotations

import pytest

from clientela.booking.models import Appointment
from clientela.ledger.models import Sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home, client_card):
    return f"{home}clients/{client_card.pk}/sell/"


def test_the_page_opens(at_desk, page, five, pending):
    shown = at_desk.get(page)
    assert shown.status_code == 200
    print(shown.text)
