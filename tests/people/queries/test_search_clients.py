"""The search: any part of a name, an address or a number, in one business only, by an index and in few statements."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, STAFF, make_client

from clientela.business.models import Business
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.set_notification_email import set_notification_email
from clientela.people.actions.update_client import update_client
from clientela.people.models import Client
from clientela.people.queries import search_clients as module
from clientela.people.queries.search_clients import matching, search_clients
from clientela.platform.tenancy import system_scope

MOST_STATEMENTS = 5


def names(text: str, **options: object) -> list[str]:
    return [card.record_name for card in search_clients(text=text, **options)]


@pytest.fixture
def people(business: Business, scope: None) -> None:
    """A few people who share parts of names."""
    for name, email, phone in (
        ("Zoë Álvarez", "zoe@example.com", "+34600112233"),
        ("Mario Zoellner", "mario@work.example", "+442079460000"),
        ("Ana Núñez de la Ó", "ana.nunez+salon@example.com", ""),
        ("Łukasz Øster", "l@example.org", ""),
        ("100% Yoga_Studio", "", ""),
    ):
        make_client(business, name, email, phones=[phone])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ZOE", ["Zoë Álvarez", "Mario Zoellner"]),
        ("zo", ["Zoë Álvarez", "Mario Zoellner"]),
        ("lvare", ["Zoë Álvarez"]),
        ("nunez ana", ["Ana Núñez de la Ó"]),
        ("ana núñ", ["Ana Núñez de la Ó"]),
        ("+salon@", ["Ana Núñez de la Ó"]),
        ("work.example", ["Mario Zoellner"]),
        ("600 11 22", ["Zoë Álvarez"]),
        ("+34 600-11.22/33", ["Zoë Álvarez"]),
        ("(20) 7946", ["Mario Zoellner"]),
        ("lukasz oster", ["Łukasz Øster"]),
        ("100%", ["100% Yoga_Studio"]),
        ("yoga_st", ["100% Yoga_Studio"]),
        ("%", []),
        ("mario álvarez", []),
        ("'; --", []),
        ("\x00", []),
    ],
)
def test_any_part_of_what_a_card_says_finds_it(people: None, text: str, found: list[str]) -> None:
    if not found and not module._words(text):
        assert len(names(text)) == 5, "nothing was asked: the newest"
        return
    assert names(text) == found


def test_who_begins_with_the_text_comes_first_then_the_alphabet(
    business: Business, scope: None
) -> None:
    for name in ("Carlos Luz", "Luz Beta", "Ana Luz", "Luz Alfa", "Luzia"):
        make_client(business, name, "")
    assert names("luz") == ["Luz Alfa", "Luz Beta", "Luzia", "Ana Luz", "Carlos Luz"]
    assert names("luz", limit=4) == ["Luz Alfa", "Luz Beta", "Luzia", "Ana Luz"]
    assert names("luz", limit=2) == ["Luz Alfa", "Luz Beta"]


@pytest.mark.parametrize("few", [0, 2_000])
def test_many_hits_are_walked_and_few_are_sorted_to_the_same_list(
    business: Business, scope: None, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FEW", few)
    for name in ("Ana Ruiz", "Eva Ruiz", "Ruiz", "Bea Ruiz", "Nobody"):
        make_client(business, name, "")
    assert names("ruiz", limit=3) == ["Ruiz", "Ana Ruiz", "Bea Ruiz"]


def test_the_search_stays_among_the_cards_it_is_given(people: None) -> None:
    among = Client.objects.exclude(record_name="Mario Zoellner")
    assert names("zoe", cards=among) == ["Zoë Álvarez"]
    assert names("", cards=among.filter(record_name__startswith="1")) == ["100% Yoga_Studio"]


def test_a_business_finds_only_its_own(people: None, next_door: Business) -> None:
    assert names("canary") == []
    with system_scope("the test looks everywhere"):
        assert names("canary") == ["Secret Canary"]


def test_what_a_card_is_found_by_follows_every_change(client_card: Client) -> None:
    add_identifier(client=client_card, phone="+34 611 22 33 44", by=STAFF, now=NOW)
    update_client(client=client_card, name="Nova", by=STAFF, now=NOW)
    set_notification_email(client=client_card, email="n@example.org", by=STAFF, now=NOW)
    for text in ("611223344", "nova", "n@example.org"):
        assert search_clients(text=text) == [client_card]
    for text in ("prueba", "ana@example.com"):
        assert search_clients(text=text) == []


def test_the_number_of_statements_does_not_grow_with_the_cards(
    business: Business, scope: None
) -> None:
    counts = []
    for batch in (1, 40):
        for n in range(batch):
            make_client(business, f"Ana {batch} {n}", f"ana{batch}-{n}@example.com")
        with CaptureQueriesContext(connection) as asked:
            found = search_clients(text="ana")
            assert [contact.value for card in found for contact in card.identifiers.all()]
        counts.append(len(asked))
    assert max(counts) <= MOST_STATEMENTS


@pytest.mark.parametrize("text", ["zubizarreta", "ana"])
def test_no_statement_reads_the_cards_of_others(business: Business, scope: None, text: str) -> None:
    """Each begins at the business in an index (SQLite), or at the parts of the words in one (PostgreSQL)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # reading a table this small from end to end is right
            cursor.execute("SET LOCAL enable_seqscan = off")
    among = module._alphabetical(Client.objects.all())
    plans = [
        among.filter(module._begins(text)).order_by("alphabetical", "id")[:30].explain(),
        matching(among, text=text).order_by("alphabetical", "id")[:30].explain(),
    ]
    for plan in plans:
        if connection.vendor == "sqlite":
            assert "SEARCH people_client USING INDEX client_search (business_id=?" in plan
        else:
            assert "Seq Scan" not in plan
            assert "business_id = " in plan or "client_any_part" in plan


@pytest.mark.postgres
def test_postgresql_has_both_indexes_of_the_search(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'people_client'")
        assert {"client_alphabet", "client_any_part"} <= {name for (name,) in cursor.fetchall()}
