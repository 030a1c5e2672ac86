"""What a person changes about themselves reaches every business's card; what is the business's own does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import factories
from tests.accounts.people import MINUTE, NOW, proof_token, proved, undo_token

from clientela.accounts.actions.ask_address_change import ask_address_change
from clientela.accounts.errors import EmailTaken, LinkClosed
from clientela.accounts.models import Account, AddressChange
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.actions.change_own_profile import change_own_profile
from clientela.people.actions.prove_own_address import choose_own_primary, prove_own_address
from clientela.people.actions.set_notification_email import set_notification_email
from clientela.people.actions.undo_own_address import undo_own_address
from clientela.people.actions.update_client import update_client
from clientela.people.errors import PhoneInvalid
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.queries.contacts import contacts, notification_email
from clientela.people.queries.search_clients import search_clients
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope, system_scope

OLD, NEW = "ana@example.com", "ana.new@example.com"
HOUR = timedelta(hours=1)


@pytest.fixture
def ana(business: Business, next_door: Business) -> Account:
    """Ana, with a log-in and a card here and one next door, each with the business's own spelling."""
    account = proved(OLD)
    for where, name in ((business, "Prueba, Ana"), (next_door, "Anita (Tuesday)")):
        with business_scope(where.pk):
            card = factories.make_client(where, name, OLD)
            Client.objects.filter(pk=card.pk).update(account=account, activated_at=NOW)
    return account


def cards() -> list[Client]:
    with system_scope("a test looks at both businesses"):
        return list(
            Client.objects.filter(account__isnull=False)
            .select_related("business")
            .order_by("record_name")
        )


def values(card: Client, kind: IdentifierKind = IdentifierKind.EMAIL) -> list[tuple[str, bool]]:
    """Contacts of a kind: the value, and whether it is proved."""
    with system_scope("a test looks at both businesses"):
        found = [one for one in contacts(card) if one.kind == kind]
    return [(one.value, one.verified_at is not None) for one in found]


def hears(card: Client) -> str:
    with system_scope("a test looks at both businesses"):
        found = notification_email(card)
    return found.value if found else ""


def ask(account: Account, *, makes_primary: bool = True, now: object = NOW) -> AddressChange:
    return ask_address_change(
        account=account,
        email=NEW,
        makes_primary=makes_primary,
        by=Actor.client(account.pk),
        now=now,
    )


@pytest.mark.req("S2.14")
@pytest.mark.req("S2.17")
def test_phone_and_birthday_reach_the_card_of_every_business(ana: Account) -> None:
    change_own_profile(
        account=ana,
        phone="+34 600 111 222",
        birthday=date(1990, 2, 28),
        language="it",
        by=Actor.client(ana.pk),
        now=NOW,
    )
    for card in cards():
        assert (card.birthday, card.language) == (date(1990, 2, 28), "it")
        assert values(card, IdentifierKind.PHONE) == [("+34600111222", False)]
        with business_scope(card.business_id):
            assert card in search_clients(text="600 111 222")


@pytest.mark.req("S2.17")
def test_a_changed_phone_takes_the_former_ones_place_and_leaves_the_businesses_own(
    ana: Account,
) -> None:
    by = Actor.client(ana.pk)
    change_own_profile(account=ana, phone="+34600111222", by=by, now=NOW)
    for card in cards():
        with business_scope(card.business_id):
            Identifier.objects.create(
                business_id=card.business_id,
                client=card,
                kind=IdentifierKind.PHONE,
                value="+34910000001",
                written="910 000 001",
                created_at=NOW,
            )
    change_own_profile(account=ana, phone="+34600333444", by=by, now=NOW)
    for card in cards():
        assert [value for value, _ in values(card, IdentifierKind.PHONE)] == [
            "+34910000001",
            "+34600333444",
        ]
    change_own_profile(account=ana, phone="", by=by, now=NOW)
    for card in cards():
        assert [value for value, _ in values(card, IdentifierKind.PHONE)] == ["+34910000001"]


@pytest.mark.req("S2.18")
@pytest.mark.req("S1.42")
def test_the_persons_name_reaches_no_card(ana: Account) -> None:
    before = [card.record_name for card in cards()]
    changed = change_own_profile(account=ana, name="Ana María", by=Actor.client(ana.pk), now=NOW)
    assert changed.name == "Ana María"
    assert [card.record_name for card in cards()] == before == ["Anita (Tuesday)", "Prueba, Ana"]


@pytest.mark.req("S1.41")
@pytest.mark.req("S1.42")
def test_a_businesses_spelling_reaches_no_person(ana: Account) -> None:
    card = cards()[1]
    with business_scope(card.business_id):
        update_client(client=card, name="Somebody Else", by=factories.STAFF, now=NOW)
    ana.refresh_from_db()
    assert ana.name == "Ana Prueba"


def test_what_does_not_change_touches_no_card(ana: Account) -> None:
    before = cards_as_stored()
    change_own_profile(account=ana, phone="", birthday=None, by=Actor.client(ana.pk), now=NOW)
    with pytest.raises(PhoneInvalid):
        change_own_profile(
            account=ana,
            phone="123",
            birthday=date(1990, 1, 1),
            by=Actor.client(ana.pk),
            now=NOW,
        )
    assert cards_as_stored() == before


def cards_as_stored() -> list[tuple[object, ...]]:
    with system_scope("a test looks at both businesses"):
        return [
            *Client.objects.order_by("pk").values_list(),
            *Identifier.objects.order_by("pk").values_list(),
        ]


@pytest.mark.req("S2.19")
@pytest.mark.req("L3")
def test_a_new_log_in_reaches_the_cards_only_once_it_is_proved(
    ana: Account, service: Service
) -> None:
    own = next(card for card in cards() if card.business_id == service.business_id)
    factories.book(service, factories.at("2026-11-24 10:00"), client=own)
    ids = cards_and_appointments()
    change = ask(ana)
    assert [hears(card) for card in cards()] == [OLD, OLD]
    prove_own_address(token=proof_token(change), now=NOW + HOUR)
    for card in cards():
        assert hears(card) == NEW
        assert values(card) == [(OLD, False), (NEW, True)]
    assert cards_and_appointments() == ids, "no row of a client or an appointment came or went"


def cards_and_appointments() -> list[object]:
    with system_scope("a test counts"):
        return [
            *Client.objects.order_by("pk").values_list("pk", "account_id"),
            *Appointment.objects.order_by("pk").values_list("pk", "client_id"),
        ]


@pytest.mark.req("ACC-01")
@pytest.mark.req("L3")
def test_undoing_gives_the_cards_the_former_address_back(ana: Account) -> None:
    before = [(card.pk, values(card), hears(card)) for card in cards()]
    change = ask(ana)
    prove_own_address(token=proof_token(change), now=NOW)
    with pytest.raises(LinkClosed):
        undo_own_address(token=undo_token(change), now=NOW + 72 * HOUR)
    assert [hears(card) for card in cards()] == [NEW, NEW]
    undo_own_address(token=undo_token(change), now=NOW + 72 * HOUR - MINUTE)
    assert [(card.pk, values(card), hears(card)) for card in cards()] == before
    ana.refresh_from_db()
    assert ana.email == OLD


def test_an_address_that_stood_on_the_card_before_stays_unproved_after_the_undo(
    ana: Account,
) -> None:
    card = cards()[0]
    with business_scope(card.business_id):
        Identifier.objects.create(
            business_id=card.business_id,
            client=card,
            kind=IdentifierKind.EMAIL,
            value=NEW,
            written=NEW,
            for_notifications=False,
            created_at=NOW - HOUR,
        )
    change = ask(ana)
    prove_own_address(token=proof_token(change), now=NOW)
    undo_own_address(token=undo_token(change), now=NOW + HOUR)
    assert (NEW, False) in values(card)
    assert hears(card) == OLD


def test_an_added_address_is_known_to_the_cards_and_messages_go_where_they_went(
    ana: Account,
) -> None:
    prove_own_address(token=proof_token(ask(ana, makes_primary=False)), now=NOW + HOUR)
    for card in cards():
        assert hears(card) == OLD
        assert (NEW, True) in values(card)
    choose_own_primary(account=ana, email=NEW, by=Actor.client(ana.pk), now=NOW + HOUR)
    assert [hears(card) for card in cards()] == [NEW, NEW]


def test_where_staff_chose_another_address_an_added_one_changes_nothing(ana: Account) -> None:
    card = cards()[0]
    with business_scope(card.business_id):
        set_notification_email(client=card, email="office@example.com", by=factories.STAFF, now=NOW)
    prove_own_address(token=proof_token(ask(ana, makes_primary=False)), now=NOW + HOUR)
    assert hears(card) == "office@example.com"


def test_a_refused_proof_changes_no_card(ana: Account) -> None:
    change = ask(ana)
    proved(NEW)
    before = cards_as_stored()
    with pytest.raises(EmailTaken):
        prove_own_address(token=proof_token(change), now=NOW + HOUR)
    assert cards_as_stored() == before
