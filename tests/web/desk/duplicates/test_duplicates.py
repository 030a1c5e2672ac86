"""Duplicates at the desk: the list, two cards side by side, what is said of them, and the hint while typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from tests.cast import Person
from tests.factories import NOW, SYSTEM, at, book

from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.actions.compare_due import compare_due
from clientela.people.actions.register_client import register_client
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.models import Client, PairDecision, Proof, Suggestion
from clientela.platform.tenancy import business_scope

PHONE = "+34 612 345 678"
BORN = date(1985, 3, 12)


def card(business: Business, name: str, email: str, phone: str = "", born: date | None = None):
    return register_client(
        business=business,
        name=name,
        emails=[email],
        phones=[phone],
        birthday=born,
        by=SYSTEM,
        now=NOW,
    )


@pytest.fixture
def pair(business: Business, scope: None) -> tuple[Client, Client]:
    """Francisco, who came once more as Paco."""
    made = (
        card(business, "Francisco Zubizarreta Llamas", "fzubi@example.com", PHONE, BORN),
        card(business, "Paco Zubizarreta", "paco.z@work.example", PHONE, BORN),
    )
    compare_due(now=NOW)
    return made


@pytest.fixture
def page(home: str, pair: tuple[Client, Client]) -> str:
    first, second = pair
    return f"{home}clients/duplicates/{first.pk}/{second.pk}/"


def test_the_list_says_how_likely_and_why(at_desk: Browser, home: str, pair: object) -> None:
    answer = at_desk.get(f"{home}clients/duplicates/")
    (row,) = answer.context["rows"]
    assert {row.first.record_name, row.second.record_name} == {
        "Francisco Zubizarreta Llamas",
        "Paco Zubizarreta",
    }
    assert "one person (" in row.likely.text
    assert row.lines
    assert [link.count for link in answer.context["kinds"]] == [1, 0, 0]
    assert "Duplicates (1)" in at_desk.get(f"{home}clients/").content.decode()


def test_with_nothing_to_show_the_list_teaches_and_says_how_far_it_is(
    at_desk: Browser, home: str, business: Business
) -> None:
    assert "You decide" not in at_desk.get(f"{home}clients/duplicates/").content.decode()
    for kind in ("same", "undecided", "household", "nonsense"):
        answer = at_desk.get(f"{home}clients/duplicates/?kind={kind}")
        assert answer.status_code == 200
        assert not answer.context["rows"]
    with business_scope(business.pk):
        card(business, "Ana Prueba", "ana@example.com")
    assert (
        "1 card is still to be compared"
        in at_desk.get(f"{home}clients/duplicates/").content.decode()
    )


def test_side_by_side_stand_facts_reasons_and_what_hangs_on_each(
    at_desk: Browser, page: str, pair: tuple[Client, Client], service: Service
) -> None:
    book(service, at("2026-11-24 10:00"), client=pair[0])
    answer = at_desk.get(page)
    sides = answer.context["sides"]
    assert [(side.appointments, side.coming, side.credits) for side in sides] == [
        (1, 1, 0),
        (0, 0, 0),
    ]
    assert [[one.is_shared for one in side.contacts] for side in sides] == [[False, True]] * 2
    assert answer.context["explained"].speaks_for
    assert answer.context["explained"].against
    assert f"?with={pair[1].pk}" in answer.content.decode()


def test_who_was_in_two_places_at_once_is_two_people(
    at_desk: Browser,
    page: str,
    pair: tuple[Client, Client],
    shared_service: Service,
    professional: Professional,
    colleague: Professional,
) -> None:
    for one, who in zip(pair, (professional, colleague), strict=True):
        book(shared_service, at("2026-11-24 10:00"), client=one, professional=who)
    assert "at the same time" in at_desk.get(page).content.decode()


def test_a_word_goes_to_the_list_and_can_be_taken_back(
    at_desk: Browser, home: str, page: str
) -> None:
    said = at_desk.post(f"{page}decide/", {"word": "different"}, follow=True)
    assert (said.redirect_chain[-1][0], said.context["rows"]) == (f"{home}clients/duplicates/", [])
    assert "not proposed again" in said.content.decode()
    assert f'action="{page}decide/"' in said.content.decode()
    back = at_desk.post(f"{page}decide/", {"word": "open"}, follow=True)
    assert back.redirect_chain[-1][0] == page
    assert len(at_desk.get(f"{home}clients/duplicates/").context["rows"]) == 1


@pytest.mark.parametrize("word", ["household", "later"])
def test_the_other_words_take_the_pair_off_the_list_and_stand_on_its_page(
    at_desk: Browser, home: str, page: str, word: str
) -> None:
    at_desk.post(f"{page}decide/", {"word": word})
    assert PairDecision.objects.get().verdict == word
    assert at_desk.get(f"{home}clients/duplicates/").context["rows"] == []
    assert at_desk.get(page).context["said"]


def test_an_unknown_word_or_one_card_twice_changes_nothing(
    at_desk: Browser, home: str, page: str, pair: tuple[Client, Client]
) -> None:
    assert at_desk.post(f"{page}decide/", {"word": "same"}).headers["location"] == page
    twice = f"{home}clients/duplicates/{pair[0].pk}/{pair[0].pk}/"
    assert at_desk.get(twice).status_code == 302
    assert at_desk.post(f"{twice}decide/", {"word": "later"}).headers["location"] == twice
    assert not PairDecision.objects.exists()


def test_a_pair_that_became_one_card_leads_to_the_card(
    at_desk: Browser, home: str, page: str, pair: tuple[Client, Client]
) -> None:
    take_up_card(card=pair[1], into=pair[0], proof=Proof.LOG_IN, by=SYSTEM, now=NOW)
    assert at_desk.get(page).headers["location"] == f"{home}clients/{pair[0].pk}/"
    assert at_desk.get(f"{home}clients/duplicates/").context["rows"] == []


def test_the_record_says_who_may_be_the_same_person(
    at_desk: Browser, home: str, pair: tuple[Client, Client]
) -> None:
    record = at_desk.get(f"{home}clients/{pair[1].pk}/").content.decode()
    assert "Perhaps the same person has another card" in record
    assert (
        f"/clients/duplicates/{pair[0].pk}/" in record or f"/{pair[1].pk}/{pair[0].pk}/" in record
    )


def test_a_professional_is_told_of_nobody_elses_clients(
    sit: Callable[..., Browser], professional_member: Person, home: str, pair: object, page: str
) -> None:
    browser = sit(professional_member)
    for address in (f"{home}clients/duplicates/", page, f"{home}clients/duplicates/hint/"):
        assert browser.get(address).status_code == 404
    assert "Duplicates" not in browser.get(f"{home}clients/").content.decode()


@pytest.mark.req("S0.3")
def test_while_a_card_is_typed_a_shared_contact_brings_up_who_is_here_a_name_nobody(
    at_desk: Browser, home: str, pair: object
) -> None:
    def hint(**typed: str) -> str:
        return at_desk.get(f"{home}clients/duplicates/hint/", typed).content.decode()

    assert "Paco Zubizarreta" in hint(name="Paco Zubizarreta", phone="612 345 678")
    assert "Paco" not in hint(name="Paco Zubizarreta")
    assert "Paco" not in hint(name="Paco Zubizarreta", email="else@example.com")
    assert Suggestion.objects.count() == 1


def test_a_card_kept_beside_one_that_is_here_says_so_at_once(
    at_desk: Browser, home: str, pair: object
) -> None:
    kept = at_desk.post(
        f"{home}clients/new/",
        {"name": "Paco Zubizarreta Ll.", "phone": PHONE, "email": "third@example.com"},
        follow=True,
    )
    assert kept.context["alike"]


def test_the_list_asks_as_much_for_three_pairs_as_for_one(
    at_desk: Browser, home: str, business: Business, pair: object
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            at_desk.get(f"{home}clients/duplicates/")
        return len(seen)

    one = asked()
    for name, phone in (
        ("Beatriz Oyarzabal", "+34 600 100 200"),
        ("Gonzalo Etxeberria", "+34 600 100 300"),
    ):
        for door in ("a", "b"):
            card(business, name, f"{door}@{name.split()[1]}.example", phone, BORN)
    compare_due(now=NOW)
    assert asked() == one
