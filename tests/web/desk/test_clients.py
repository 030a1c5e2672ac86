"""The list of clients, their cards, and new ones."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import at, book, make_client, make_guest

from clientela.people.actions.set_preferences import set_preferences
from clientela.people.consent_text import VERSION
from clientela.people.models import Client, Consent, How, Identifier, NotifyBy, Purpose
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

pytestmark = pytest.mark.django_db


def names(page) -> list[str]:
    return [card.record_name for card in page.context["page"].object_list]


def test_clients_are_listed_by_name_and_found_by_any_contact(at_desk, home, business, client_card):
    make_client(business, "Álvaro Ensayo", "alvaro@example.com", phones=["+34600111222"])
    assert names(at_desk.get(home + "clients/")) == ["Álvaro Ensayo", "Ana Prueba"]
    for text in ("alvaro", "600 111 222", "ALVARO@"):
        assert names(at_desk.get(home + "clients/", {"q": text})) == ["Álvaro Ensayo"]


def test_a_business_without_clients_is_told_how_they_come(at_desk, home):
    assert "Whoever books gets a card here" in at_desk.get(home + "clients/").text


def test_a_text_that_finds_nobody_offers_a_new_card(at_desk, home, client_card):
    page = at_desk.get(home + "clients/", {"q": "zzz"})
    assert "Make a new card" in page.text


def test_many_clients_come_in_pages_that_keep_the_search(at_desk, home, business, scope):
    for number in range(35):
        make_client(business, f"Ana {number:02d}", f"a{number}@example.com")
    first = at_desk.get(home + "clients/", {"q": "ana"})
    assert len(names(first)) == 30
    assert "q=ana&amp;page=2" in first.text or "page=2" in first.text
    assert len(names(at_desk.get(home + "clients/", {"q": "ana", "page": "2"}))) == 5
    assert at_desk.get(home + "clients/", {"page": "999"}).status_code == 200


def test_the_list_costs_the_same_for_one_and_for_thirty(at_desk, home, business, scope):
    at_desk.get(home + "clients/")
    counted = []
    for number in range(30):
        make_client(business, f"Ana {number:02d}", f"a{number}@example.com")
        if number in {0, 2, 29}:
            with CaptureQueriesContext(connection) as caught:
                at_desk.get(home + "clients/")
            counted.append(len(caught))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= 12


@pytest.mark.req("S3.7")
def test_the_card_shows_contacts_note_and_every_appointment(at_desk, home, client_card, service):
    book(service, at("2026-11-24 10:00"), client=client_card)
    page = at_desk.get(f"{home}clients/{client_card.pk}/")
    assert "ana@example.com" in page.text
    assert [row.one.starts_at for row in page.context["coming"]] == [at("2026-11-24 10:00")]
    assert page.context["next"].starts_at == at("2026-11-24 10:00")


def test_the_card_is_changed(at_desk, home, client_card):
    at_desk.post(
        f"{home}clients/{client_card.pk}/profile/",
        {
            "name": "Ana Prueba García",
            "notification_email": "ana@example.com",
            "notify_by": "email",
            "language": "it",
            "note": "Left knee",
        },
    )
    card = Client.objects.get(pk=client_card.pk)
    assert (card.record_name, card.language, card.note) == ("Ana Prueba García", "it", "Left knee")


def test_a_card_without_a_name_is_refused_and_nothing_is_lost(at_desk, home, client_card):
    page = at_desk.post(
        f"{home}clients/{client_card.pk}/profile/", {"name": "", "language": "", "note": "Kept"}
    )
    assert page.status_code == 422
    assert "Write the client’s name." in page.text
    assert "Kept" in page.text
    assert Client.objects.get(pk=client_card.pk).record_name == "Ana Prueba"


def test_contacts_come_and_go(at_desk, home, client_card):
    base = f"{home}clients/{client_card.pk}/contacts/"
    at_desk.post(base, {"contact": "ana.two@example.com"})
    at_desk.post(base, {"contact": "+34 600 111 222"})
    values = set(Identifier.objects.filter(client=client_card).values_list("value", flat=True))
    assert values == {"ana@example.com", "ana.two@example.com", "+34600111222"}
    phone = Identifier.objects.get(value="+34600111222")
    for _turn in range(2):
        assert at_desk.post(f"{base}{phone.pk}/remove/").status_code == 302
    assert not Identifier.objects.filter(value="+34600111222").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nobody@", "email address"),
        ("12", "phone number"),
        ("", "Write an email or a phone number"),
    ],
)
def test_a_wrong_contact_is_refused_beside_its_field(at_desk, home, client_card, text, words):
    page = at_desk.post(f"{home}clients/{client_card.pk}/contacts/", {"contact": text})
    assert page.status_code == 422
    assert words in page.text
    assert Identifier.objects.filter(client=client_card).count() == 1


def test_the_same_person_typed_twice_is_one_card(at_desk, home, client_card):
    for _turn in range(2):
        at_desk.post(
            home + "clients/new/",
            {"name": "ana prueba", "email": "ana@example.com", "phone": "", "language": ""},
        )
    assert Client.objects.count() == 1


def test_that_a_new_client_agreed_is_kept_as_told_and_once(at_desk, home, client_card):
    given = {"name": "Nueva Persona", "email": "nueva@example.com", "phone": "", "language": ""}
    at_desk.post(home + "clients/new/", given)
    assert not Consent.objects.exists(), "silence is nobody's word"
    for _turn in range(2):
        at_desk.post(home + "clients/new/", {**given, "agreed": "on"})
    (said,) = Consent.objects.all()
    assert (said.client.record_name, said.purpose) == ("Nueva Persona", Purpose.APPOINTMENTS)
    assert (said.how, said.notify_by, said.text_version) == (How.STAFF, NotifyBy.EMAIL, VERSION)


def test_who_has_turned_messages_off_is_not_spoken_for_by_a_tick(at_desk, home, client_card):
    how = {"how": How.STOP_LINK, "by": Actor.guest(), "now": at("2026-11-20 10:00")}
    set_preferences(client=client_card, notify_by=NotifyBy.NONE, **how)
    given = {"name": "Ana Prueba", "email": "ana@example.com", "phone": "", "language": ""}
    at_desk.post(home + "clients/new/", {**given, "agreed": "on"})
    client_card.refresh_from_db()
    assert client_card.notify_by == NotifyBy.NONE
    assert Client.objects.count() == Consent.objects.count() == 1


def test_a_professional_reaches_the_clients_booked_with_them(
    sit, professional_member, home, shared_service, professional, colleague, client_card
):
    book(shared_service, at("2026-11-24 10:00"), professional=professional)
    book(
        shared_service,
        at("2026-11-24 10:00"),
        professional=colleague,
        client=make_guest("Eva", "eva@example.com"),
    )
    book(shared_service, at("2026-11-25 10:00"), professional=colleague)
    browser = sit(professional_member)
    assert names(browser.get(home + "clients/")) == ["Luz Prueba"]
    luz = Client.objects.get(record_name="Luz Prueba")
    assert len(browser.get(f"{home}clients/{luz.pk}/").context["coming"]) == 1
    assert browser.get(f"{home}clients/{client_card.pk}/").status_code == 404
    assert (
        browser.post(
            f"{home}clients/{client_card.pk}/contacts/", {"contact": "x@example.com"}
        ).status_code
        == 404
    )


def test_a_foreign_card_does_not_exist_here(at_desk, home, next_door):
    with business_scope(next_door.pk):
        foreign = Client.objects.get()
    assert at_desk.get(f"{home}clients/{foreign.pk}/").status_code == 404
    assert "Canary" not in at_desk.get(home + "clients/", {"q": "canary"}).text.replace(
        "“canary”", ""
    )
    assert at_desk.get(f"{home}book/", {"client": str(foreign.pk)}).context["wish"].client is None


def test_a_long_history_costs_no_more_queries(at_desk, home, client_card, service):
    page = f"{home}clients/{client_card.pk}/"
    at_desk.get(page)
    counted = []
    for hour in range(9, 12):
        book(service, at(f"2026-11-24 {hour:02d}:00"), client=client_card)
        if hour in {9, 11}:
            with CaptureQueriesContext(connection) as caught:
                at_desk.get(page)
            counted.append(len(caught))
    assert counted[0] == counted[1] <= 16, (
        counted
    )  # one of them: who belongs together with the client
