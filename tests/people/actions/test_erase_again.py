"""Who was erased stays erased, whatever backup comes back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from tests import factories
from tests.accounts.people import NOW, proved
from tests.factories import STAFF, at
from tests.people.actions.test_unmerge_clients import merged
from tests.people.joins import card_of, made_one
from tests.people.persons import person

from clientela.accounts.actions.absorb_account import close_joined
from clientela.accounts.models import Account, AccountJoin
from clientela.booking.models import Appointment
from clientela.business.models import Business, Role
from clientela.catalogue.models import Service
from clientela.people.actions.erase_again import ErasedAgain, erase_again
from clientela.people.actions.leave import leave
from clientela.people.models import Client, Identifier, Merge
from clientela.platform import worker
from clientela.platform.actor import Actor
from clientela.platform.erasure_list import CARD, LOGIN, Erasure, erasures
from clientela.platform.tenancy import business_scope
from clientela.serving import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def list_file(tmp_path: Path, settings: Any) -> Path:
    settings.ERASURE_LIST = tmp_path / "erasures.txt"
    return tmp_path / "erasures.txt"


@pytest.fixture
def ana() -> Account:
    return proved("ana@example.com")


@pytest.fixture
def card(business: Business, ana: Account) -> Client:
    with business_scope(business.pk):
        made = factories.make_client(business, "Ana Prueba", "ana@example.com")
        Client.objects.filter(pk=made.pk).update(account=ana, activated_at=NOW)
    return made


def name_of(card: Client) -> str:
    with business_scope(card.business_id):
        return str(Client.objects.get(pk=card.pk).record_name)


def listed(card: Client, ana: Account) -> list[Erasure]:
    return [Erasure(LOGIN, ana.pk, NOW), Erasure(CARD, card.pk, NOW)]


@pytest.mark.req("ERA-02")
def test_who_leaves_goes_on_the_list_outside_the_database(card: Client, ana: Account) -> None:
    leave(account=ana, also_cards=True, by=Actor.client(ana.pk), now=NOW)
    assert erasures() == []  # not before it is sure: the worker hears of what was committed
    worker.run_once(NOW)
    assert {(one.kind, one.key) for one in erasures()} == {(CARD, card.pk), (LOGIN, ana.pk)}


@pytest.mark.req("ERA-02")
def test_whom_a_backup_brought_back_is_erased_again_and_nobody_else(
    business: Business, card: Client, ana: Account
) -> None:
    with business_scope(business.pk):
        other = factories.make_client(business, "Luis Muestra", "luis@example.com")
    assert erase_again(listed=[], now=NOW) == ErasedAgain(0, 0, ())
    assert name_of(card) == "Ana Prueba"  # the control: without the list she is back
    assert erase_again(listed=listed(card, ana), now=NOW) == ErasedAgain(1, 1, ())
    assert name_of(card).startswith("#")
    assert name_of(other) == "Luis Muestra"
    assert not Account.objects.filter(pk=ana.pk).exists()
    assert erase_again(listed=listed(card, ana), now=NOW) == ErasedAgain(0, 0, ())


@pytest.mark.req("ERA-02")
def test_before_anybody_is_served_the_list_is_read(
    card: Client, ana: Account, list_file: Path
) -> None:
    lines = [f"{one.kind} {one.key} {one.at.isoformat()}\n" for one in listed(card, ana)]
    list_file.write_text("".join(lines))
    assert prepare.erase_listed() == ""
    assert name_of(card).startswith("#")
    list_file.write_text("half a li\n")
    assert "damaged" in prepare.erase_listed()


def shown(card: Client) -> tuple[list[str], int]:
    """What the card still says of its person, and how many visits stand on it."""
    with business_scope(card.business_id):
        values = Identifier.objects.filter(client=card).order_by("value")
        told = [Client.objects.get(pk=card.pk).note, *values.values_list("value", flat=True)]
        return [one for one in told if one], Appointment.objects.filter(client=card).count()


@pytest.fixture
def cards(business: Business, service: Service) -> list[Client]:
    """Ana, Bea and Eva, each with a note, an address and a visit."""
    made = []
    with business_scope(business.pk):
        for hour, name in ((10, "ana"), (12, "bea"), (16, "eva")):
            address = f"{name}@example.org"
            one = factories.make_client(business, f"{name} Prueba", address, note=f"of {name}")
            factories.book(service, at(f"2026-11-24 {hour:02}:00"), client=one, by=STAFF)
            made.append(one)
    return made


def joined_and_erased_again(cards: list[Client], *listed: int) -> list[tuple[list[str], int]]:
    """Ana's card is taken up by Bea's, and that by Eva's; then those of the list are erased again."""
    with business_scope(cards[0].business_id):
        merged(cards[0], cards[1])
        merged(cards[1], cards[2])
    again = erase_again(listed=[Erasure(CARD, cards[n].pk, NOW) for n in listed], now=NOW)
    assert again.cards == len(listed)
    return [shown(one) for one in cards]


OF = [([f"of {name}", f"{name}@example.org"], 1) for name in ("ana", "bea", "eva")]
NOTHING: list[str] = []


@pytest.mark.req("ERA-02")
@pytest.mark.parametrize("listed", [(0,), (1,), (2,), (0, 2)])
def test_what_a_backup_joined_is_parted_first_when_only_one_of_the_two_was_erased(
    cards: list[Client], listed: tuple[int, ...]
) -> None:
    after = joined_and_erased_again(cards, *listed)
    for n, (said, visits) in enumerate(after):
        if n in listed:
            assert (said, visits) == (NOTHING, 1)  # the visit stays, of nobody
    whole = {one for n, one in enumerate(("ana", "bea", "eva")) if n not in listed}
    words = " ".join(word for said, _ in after for word in said)
    assert {name for name in ("ana", "bea", "eva") if name in words} == whole
    assert sum(visits for _, visits in after) == len(OF)


@pytest.mark.req("ERA-02")
def test_of_two_that_were_joined_by_the_backup_each_keeps_what_is_theirs(
    cards: list[Client],
) -> None:
    ana, bea, eva = joined_and_erased_again(cards, 1)
    assert (ana, eva) == (OF[0], OF[2])
    assert bea == (NOTHING, 1)


@pytest.mark.req("ERA-02")
def test_who_was_erased_together_stays_joined(cards: list[Client]) -> None:
    after = joined_and_erased_again(cards, 0, 1, 2)
    assert [said for said, _ in after] == [NOTHING] * 3
    with business_scope(cards[0].business_id):
        assert not Merge.objects.filter(undone_at__isnull=False).exists()


@pytest.mark.req("ERA-02")
@pytest.mark.parametrize("erased", ["old", "ana"])
def test_of_two_accounts_that_a_backup_joined_only_the_erased_one_goes(
    business: Business, erased: str
) -> None:
    both = {name: person(f"{name}@example.com", name) for name in ("ana", "old")}
    of = {name: card_of(one, business) for name, one in both.items()}
    join = made_one(both["ana"], "old@example.com")
    close_joined(now=NOW + timedelta(hours=100))
    again = erase_again(listed=[Erasure(LOGIN, both[erased].pk, NOW)], now=NOW)
    assert again == ErasedAgain(0, 1, ())
    other = "old" if erased == "ana" else "ana"
    left = Account.objects.get()
    assert (left.pk, left.email, left.is_active) == (both[other].pk, f"{other}@example.com", True)
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [left.email]
    with business_scope(business.pk):
        assert dict(Client.objects.values_list("pk", "account")) == {
            of[other].pk: left.pk,
            of[erased].pk: None,
        }
    worker.run_once(NOW)
    assert not AccountJoin.objects.filter(pk=join.pk, undone_at=None).exists()


@pytest.mark.req("ERA-02")
def test_an_account_that_was_absorbed_and_went_along_is_listed_too() -> None:
    ana, old = person("ana@example.com"), person("old@example.com")
    made_one(ana, "old@example.com")
    leave(account=ana, also_cards=True, by=Actor.client(ana.pk), now=NOW)
    worker.run_once(NOW)
    assert {one.key for one in erasures()} == {ana.pk, old.pk}


def test_a_log_in_that_owns_a_business_alone_by_the_backup_stays_and_is_told(
    business: Business, ana: Account
) -> None:
    with business_scope(business.pk):
        factories.make_member(business, ana, Role.OWNER)
    again = erase_again(listed=[Erasure(LOGIN, ana.pk, NOW)], now=NOW)
    assert again == ErasedAgain(0, 0, (ana.pk,))
    assert Account.objects.filter(pk=ana.pk).exists()
