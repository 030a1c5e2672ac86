"""Who may do what for whom."""

from __future__ import annotations

import pytest
from tests.factories import NOW, SYSTEM, make_business
from tests.people.families import card_of, household_with, put_child
from tests.people.persons import person

from clientela.business.models import Business
from clientela.people.actions.register_client import register_client
from clientela.people.models import Client, HouseholdMember, Merge, MergeRow, Proof
from clientela.people.queries.households import (
    FLAG,
    household_of,
    lent_to,
    members_of,
    relatives_of,
)
from clientela.platform.tenancy import business_scope, system_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def business() -> Business:
    return make_business()


@pytest.fixture
def couple(business: Business) -> tuple[Client, Client]:
    ana = card_of(business, person("ana@example.com", "Ana Prueba"))
    luis = card_of(business, person("luis@example.com", "Luis Prueba"))
    return ana, luis


def lent(card: Client, what: str) -> list[Client]:
    assert card.account_id is not None
    return lent_to(account_id=card.account_id, what=what)  # type: ignore[arg-type]  # one of the four words


def test_nobody_may_do_anything_for_the_other_by_itself(
    business: Business, couple: tuple[Client, Client]
) -> None:
    household_with(business, *couple)
    assert [lent(one, what) for one in couple for what in FLAG] == [[]] * 8


@pytest.mark.parametrize("what", list(FLAG))
def test_each_word_lends_itself_alone_to_the_other_and_to_nobody_else(
    business: Business, couple: tuple[Client, Client], what: str
) -> None:
    ana, luis = couple
    household = household_with(business, *couple)
    eva = card_of(business, person("eva@example.com", "Eva Ajena"))
    household_with(business, eva)
    with system_scope("test"):
        HouseholdMember.objects.filter(client=luis).update(**{FLAG[what]: True})  # type: ignore[index]  # one of the four words
    assert [one for one in FLAG if lent(ana, one)] == [what]
    assert lent(ana, what) == [luis]
    assert not any(lent(one, other) for one in (luis, eva) for other in FLAG)
    with business_scope(business.pk):
        assert household_of(client_id=ana.pk) == household
        assert [row.client for row in members_of(household_id=household.pk)] == [ana, luis]
        assert relatives_of(client_id=ana.pk) == [luis.pk]


def test_what_ended_is_lent_no_more(business: Business, couple: tuple[Client, Client]) -> None:
    ana, luis = couple
    household_with(business, *couple, lets_see=True)
    assert lent(ana, "see") == [luis]
    with system_scope("test"):
        HouseholdMember.objects.filter(client=luis).update(until=NOW)
    assert lent(ana, "see") == lent(luis, "see") == []


def test_a_guardian_acts_for_their_child_and_the_other_parent_only_by_permission(
    business: Business, couple: tuple[Client, Client]
) -> None:
    ana, luis = couple
    household = household_with(business, *couple)
    with business_scope(business.pk):
        child = register_client(business=business, name="Leo Prueba", by=SYSTEM, now=NOW)
    put_child(household, child, ana, lets_book=True)
    assert [what for what in FLAG if lent(ana, what) == [child]] == list(FLAG)
    assert [what for what in FLAG if lent(luis, what)] == ["book"]
    grown = person("leo@example.com", "Leo Prueba")
    with system_scope("test"):
        Client.objects.filter(pk=child.pk).update(account=grown)
    assert not any(lent(one, what) for one in couple for what in FLAG)


def test_an_adult_without_a_log_in_lends_nothing(
    business: Business, couple: tuple[Client, Client]
) -> None:
    ana, luis = couple
    household_with(business, *couple, lets_see=True)
    with system_scope("test"):
        Client.objects.filter(pk=luis.pk).update(account=None)
    assert lent(ana, "see") == []


def test_what_a_merge_still_hides_lends_and_borrows_nothing(
    business: Business, couple: tuple[Client, Client]
) -> None:
    ana, luis = couple
    household_with(business, *couple, lets_see=True)
    with business_scope(business.pk):
        old = register_client(business=business, name="Luis Prueba", by=SYSTEM, now=NOW)
        merge = Merge.objects.create(
            business=business, survivor=luis, absorbed=old, proof=Proof.STAFF, by="staff", at=NOW,
            plan_digest="", hides=True,
        )  # fmt: skip
        row = HouseholdMember.objects.get(client=luis)
        MergeRow.objects.create(
            business=business, merge=merge, of_table="people_householdmember", of_column="client_id",
            row_id=row.pk, value_before=str(old.pk), value_after=str(luis.pk),
        )  # fmt: skip
    assert lent(ana, "see") == lent(luis, "see") == []
    with system_scope("test"):
        Merge.objects.update(hides=False)
    assert lent(ana, "see") == [luis]


def test_it_is_one_query(
    business: Business, couple: tuple[Client, Client], django_assert_num_queries: object
) -> None:
    household_with(business, *couple, lets_see=True)
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture's own function
        found = lent(couple[0], "see")
        assert found[0].business.name == "Fisio Retiro"
