"""Who was erased stays erased, whatever backup comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import factories
from tests.accounts.people import NOW, proved

from clientela.accounts.models import Account
from clientela.business.models import Business, Role
from clientela.people.actions.erase_again import ErasedAgain, erase_again
from clientela.people.actions.leave import leave
from clientela.people.models import Client
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


def test_a_log_in_that_owns_a_business_alone_by_the_backup_stays_and_is_told(
    business: Business, ana: Account
) -> None:
    with business_scope(business.pk):
        factories.make_member(business, ana, Role.OWNER)
    again = erase_again(listed=[Erasure(LOGIN, ana.pk, NOW)], now=NOW)
    assert again == ErasedAgain(0, 0, (ana.pk,))
    assert Account.objects.filter(pk=ana.pk).exists()
