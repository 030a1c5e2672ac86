"""Who belongs together, on a client's record: for those who see all clients."""

from __future__ import annotations

import pytest
from tests.factories import at, book
from tests.people.families import card_of, household_with
from tests.people.persons import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(home, client_card) -> str:
    return f"{home}clients/{client_card.pk}/"


@pytest.mark.req("S0.14", "S0.15")
def test_the_front_desk_reads_who_belongs_together_and_a_professional_does_not(
    at_desk, sit, professional_member, record, business, client_card, service
):
    book(service, at("2026-11-24 10:00"), client=client_card)
    luis = card_of(business, person("luis@example.net", "Luis Prueba"))
    client_card.account = person("ana@example.net", "Ana Prueba")
    client_card.save()
    household_with(business, client_card, luis)
    page = at_desk.get(record).text
    assert "Belongs together with" in page
    assert f"clients/{luis.pk}/" in page
    assert "luis@example.net" not in page
    theirs = sit(professional_member).get(record)
    assert theirs.status_code == 200
    assert str(luis.pk) not in theirs.text
