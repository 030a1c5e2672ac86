"""Cards: registered, found again, changed; never overwritten by what a stranger types."""

from __future__ import annotations

import pytest
from tests.factories import GUEST, NOW, STAFF, make_client

from clientela.business.actions.update_location import update_location
from clientela.business.models import Business, Location
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.find_or_register_guest import find_or_register_guest
from clientela.people.actions.keep_contacts import read_contacts
from clientela.people.actions.register_client import register_client
from clientela.people.actions.remove_identifier import remove_identifier
from clientela.people.actions.update_client import update_client
from clientela.people.errors import EmailInvalid, NameMissing, PhoneInvalid, ZoneUnknown
from clientela.people.models import Client, Identifier
from clientela.people.queries.contacts import contacts, notification_email
from clientela.people.queries.search_clients import search_clients
from clientela.platform.models import AuditEvent
from clientela.platform.tenancy import business_scope


def guest(business: Business, name: str, email: str = "", phone: str = "") -> Client:
    return find_or_register_guest(
        business=business, name=name, email=email, phone=phone, language="es", by=GUEST, now=NOW
    )


def rows() -> list[tuple[object, ...]]:
    """Every card and contact, byte for byte."""
    return [
        *Client.objects.order_by("id").values_list(),
        *Identifier.objects.order_by("id").values_list(),
    ]


def test_a_card_keeps_what_was_written_and_what_is_compared(
    business: Business, location: Location
) -> None:
    update_location(location=location, country="ES", by=STAFF, now=NOW)
    card = register_client(
        business=business,
        name="  María  José\u200b Nuñez ",
        emails=["MJ@Example.com", "mj@example.com", " "],
        phones=["600 11 22 33"],
        language="es",
        zone="Atlantic/Canary",
        by=STAFF,
        now=NOW,
    )
    assert card.record_name == "María José Nuñez"
    assert [(one.kind, one.value, one.written) for one in contacts(card)] == [
        ("email", "mj@example.com", "MJ@Example.com"),
        ("phone", "+34600112233", "600 11 22 33"),
    ]
    assert notification_email(card).value == "mj@example.com"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"name": " \u200b "}, NameMissing),
        ({"name": "Ana", "emails": ["ana@"]}, EmailInvalid),
        ({"name": "Ana", "emails": ["a@example.com, b@example.com"]}, EmailInvalid),
        ({"name": "Ana", "emails": ["ana@example.com\r\nBcc: x@example.com"]}, EmailInvalid),
        ({"name": "Ana", "phones": ["12"]}, PhoneInvalid),
        ({"name": "Ana", "phones": ["9" * 60]}, PhoneInvalid),
        ({"name": "Ana", "zone": "Moon/Base"}, ZoneUnknown),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_written(
    business: Business, scope: None, fields: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        register_client(business=business, by=STAFF, now=NOW, **fields)
    assert rows() == []


@pytest.mark.req("S3.6")
def test_a_guest_with_the_same_address_and_name_is_the_same_person(
    business: Business, client_card: Client
) -> None:
    before = rows()
    for name, email in (("ana prueba", "ANA@example.com"), ("Prueba, Aná", "ana@example.com ")):
        assert guest(business, name, email) == client_card
    assert rows() == before


def test_another_name_at_a_known_address_is_another_card_and_changes_nothing(
    business: Business, client_card: Client
) -> None:
    """The harm of others: whoever types your address becomes you, or renames you."""
    before = Client.objects.filter(pk=client_card.pk).values_list().get()
    partner = guest(business, "Luis Prueba", "ana@example.com", "+34600999999")
    assert partner != client_card
    assert Client.objects.filter(pk=client_card.pk).values_list().get() == before
    assert [one.value for one in contacts(client_card)] == ["ana@example.com"]


@pytest.mark.req("S0.3")
def test_an_equal_name_alone_joins_nobody(business: Business, client_card: Client) -> None:
    """Two people may be called the same: a name is no proof, with or without an address beside it."""
    before = rows()
    for email in ("ana@example.net", "ana.prueba@example.com", ""):
        assert guest(business, client_card.record_name, email) != client_card
    assert Client.objects.filter(record_name=client_card.record_name).count() == 4
    assert [row for row in rows() if row in before] == before


def test_the_phone_counts_only_without_an_email(business: Business, scope: None) -> None:
    first = guest(business, "Eva", phone="+34600112233")
    assert guest(business, "Eva", phone="+34 600 11 22 33") == first
    assert guest(business, "Eva", "eva@example.com", "+34600112233") != first
    assert guest(business, "Eva") != guest(business, "Eva")


def test_a_card_of_the_business_next_door_is_never_joined(
    business: Business, next_door: Business, scope: None
) -> None:
    ours = guest(business, "Secret Canary", "canary@example.org")
    assert ours.business == business
    with business_scope(next_door.pk):
        assert Client.objects.get().pk != ours.pk
        assert search_clients(text="canary") == [Client.objects.get()]


def test_changes_are_found_and_audited_by_field_name_only(client_card: Client) -> None:
    update_client(client=client_card, name="Anna Nova", note="likes tea", by=STAFF, now=NOW)
    assert [card.record_name for card in search_clients(text="nova ANNA")] == ["Anna Nova"]
    line = AuditEvent.objects.get(action="client-updated")
    assert line.details == {"fields": ["note", "record_name"]}
    with pytest.raises(NameMissing):
        update_client(client=client_card, name="  ", by=STAFF, now=NOW)
    with pytest.raises(ZoneUnknown):
        update_client(client=client_card, zone="Nope", by=STAFF, now=NOW)


def test_contacts_come_and_go_once(client_card: Client) -> None:
    added = add_identifier(client=client_card, phone="+44 20 7946 0000", by=STAFF, now=NOW)
    assert add_identifier(client=client_card, phone="+442079460000", by=STAFF, now=NOW) == added
    assert [one.pk for one in search_clients(text="7946 0000")] == [client_card.pk]
    for _ in range(2):
        remove_identifier(identifier=added, by=STAFF, now=NOW)
    assert search_clients(text="79460000") == []
    assert len(contacts(client_card)) == 1
    with pytest.raises(EmailInvalid):
        add_identifier(client=client_card, by=STAFF, now=NOW)


def test_contacts_are_read_once_each_in_the_order_given(business: Business, scope: None) -> None:
    read = read_contacts(
        business=business, emails=["b@example.com", "a@example.com", "B@example.com"]
    )
    assert [one.value for one in read] == ["b@example.com", "a@example.com"]


@pytest.mark.parametrize(
    "name", ["Zoë 👩‍🔬", "אבי", "Ñ" * 500, "a\u0301" * 300, "\ud800x", "x\x00y"]
)
def test_any_name_is_kept_or_refused_never_an_error(
    business: Business, scope: None, name: str
) -> None:
    card = register_client(business=business, name=name, by=STAFF, now=NOW)
    card.refresh_from_db()
    assert 0 < len(card.record_name) <= 200


@pytest.mark.parametrize("text", ["nunez", "ÑÚÑEZ", "mj@exa", "600 112", "nunez maria"])
def test_a_card_is_found_by_whatever_is_remembered(
    business: Business, client_card: Client, text: str
) -> None:
    card = register_client(
        business=business,
        name="María Núñez",
        emails=["mj@example.com"],
        phones=["+34600112233"],
        by=STAFF,
        now=NOW,
    )
    assert search_clients(text=text) == [card]


def test_the_search_takes_as_many_statements_whatever_it_finds(
    business: Business, scope: None, django_assert_num_queries: object
) -> None:
    for n in range(3):
        make_client(business, f"Ana {n}", f"ana{n}@example.com")
    with django_assert_num_queries(3):
        found = search_clients(text="ana")
        assert [card.identifiers.all()[0].value for card in found] == [
            f"ana{n}@example.com" for n in range(3)
        ]
