"""What I say about myself: mine is the name, every business gets phone and birthday."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.web.checksum import checksum
from tests.web.client.conftest import card_of

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.people.models import Client as Card, Identifier, IdentifierKind
from clientela.platform.tenancy import system_scope

PROFILE = "/client/profile"
SENT = {
    "name": "Ana María Prueba",
    "phone": "+34 612 34 56 78",
    "birthday": "1980-02-29",
    "language": "it",
    "zone": "Atlantic/Canary",
}


def phones_of(card: Card) -> list[str]:
    with system_scope("tests read what was kept"):
        rows = Identifier.objects.filter(client=card, kind=IdentifierKind.PHONE)
        return sorted(rows.values_list("value", flat=True))


@pytest.mark.req("S1.42", "S2.14", "S2.17", "S2.18")
def test_phone_and_birthday_reach_every_business_and_the_name_reaches_none(
    signed_in: Client, card: Card, ana: Account, next_door: Business
) -> None:
    cards = [card, card_of(next_door, ana, name="A. Prueba")]
    answer = signed_in.post(PROFILE, SENT)
    assert answer.status_code == 302
    assert answer.cookies["language"].value == "it" if "language" in answer.cookies else True
    ana.refresh_from_db()
    assert (ana.name, ana.phone, ana.birthday) == (
        "Ana María Prueba",
        "+34612345678",
        date(1980, 2, 29),
    )
    assert (ana.language, ana.zone) == ("it", "Atlantic/Canary")
    assert [phones_of(one) for one in cards] == [["+34612345678"]] * 2
    for one, name in zip(cards, ["Ana P. Prueba", "A. Prueba"], strict=True):
        one.refresh_from_db()
        assert one.birthday == date(1980, 2, 29)
        assert one.record_name == name


@pytest.mark.req("S1.41", "S1.42")
def test_the_page_says_whose_name_is_whose(
    signed_in: Client, card: Card, ana: Account, next_door: Business
) -> None:
    card_of(next_door, ana)
    text = signed_in.get(PROFILE).text
    assert "Yours alone. Each business keeps its own spelling of it." in text
    assert "Ana P. Prueba" in text
    assert 'value="Ana Prueba"' in text
    assert "A new phone or birthday also reaches all of these:" in text


@pytest.mark.req("S3.4", "S3.21")
def test_the_profile_leads_to_upcoming_and_past_appointments(
    signed_in: Client, visit: Appointment
) -> None:
    text = signed_in.get(PROFILE).text
    assert 'href="/client/#h-upcoming">Upcoming</a><strong>1</strong>' in text
    assert 'href="/client/?past=all#h-past">Past</a><strong>0</strong>' in text


@pytest.mark.req("S2.14")
def test_after_keeping_it_says_who_has_it(signed_in: Client, card: Card) -> None:
    answer = signed_in.post(PROFILE, {**SENT, "language": "en"}, follow=True)
    assert "Your phone and birthday are up to date at: Fisio Retiro." in answer.text


def test_a_new_language_speaks_from_the_next_page_on(signed_in: Client, card: Card) -> None:
    answer = signed_in.post(PROFILE, SENT, follow=True)
    assert '<html lang="it"' in answer.text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", " ", "Write your name."),
        ("phone", "12", "This does not look like a phone number."),
        ("birthday", "2090-01-01", "This cannot be a birthday."),
        ("birthday", "soon", "This cannot be a birthday."),
        ("language", "xx", "Choose a language from the list."),
        ("zone", "Mars/Olympus", "Choose a time zone from the list."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(
    signed_in: Client, card: Card, field: str, value: str, said: str
) -> None:
    before = checksum()
    answer = signed_in.post(PROFILE, {**SENT, field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="1980-02-29"' in answer.text or field == "birthday"
    assert checksum() == before


def test_more_than_the_form_asks_for_is_not_taken(
    signed_in: Client, card: Card, ana: Account
) -> None:
    extra = {"email": "evil@example.com", "is_operator": "on", "account": "1", "record_name": "X"}
    signed_in.post(PROFILE, {**SENT, **extra})
    ana.refresh_from_db()
    card.refresh_from_db()
    assert (ana.email, ana.is_operator) == ("ana@example.com", False)
    assert card.record_name == "Ana P. Prueba"


def test_a_number_without_its_country_is_read_where_the_business_is(
    signed_in: Client, card: Card, ana: Account
) -> None:
    signed_in.post(PROFILE, {**SENT, "phone": "+39 333 123 4567", "birthday": "", "zone": "open"})
    ana.refresh_from_db()
    assert (ana.phone, ana.birthday, ana.zone) == ("+393331234567", None, "")
