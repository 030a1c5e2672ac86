"""Two cards come to belong together: what it writes, and whom it leaves alone."""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.factories import NOW, make_business
from tests.people.families import card_of, household_with
from tests.people.persons import person

from clientela.people.actions.form_household import Formed, add_member, form_household
from clientela.people.models import Client, Household, HouseholdMember, HouseholdRole
from clientela.people.queries.households import Permissions
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

pytestmark = [pytest.mark.django_db, pytest.mark.req("S0.15")]


@pytest.fixture
def couple() -> tuple[Client, Client]:
    business = make_business("fisio-retiro")
    ana, luis = (person(f"{name}@example.com", name.title()) for name in ("ana", "luis"))
    return card_of(business, ana), card_of(business, luis)


def form(asker: Client, joiner: Client, **gives: bool) -> Formed:
    by = Actor.client(joiner.account_id)
    with transaction.atomic():
        return form_household(
            asker=asker, joiner=joiner, gives=Permissions(**gives), by=by, now=NOW
        )


def test_only_who_agreed_now_allows_anything_and_again_is_the_same_household(
    couple: tuple[Client, Client],
) -> None:
    asker, joiner = couple
    formed = form(asker, joiner, lets_see=True)
    assert formed.household is not None
    with business_scope(asker.business_id):
        rows = {row.client_id: row for row in HouseholdMember.objects.all()}
        assert {one: row.lets_see for one, row in rows.items()} == {
            asker.pk: False,
            joiner.pk: True,
        }
        assert form(asker, joiner) == Formed(stood=True)
        assert HouseholdMember.objects.count() == len(couple)


def test_who_belongs_to_somebody_else_is_left_there(couple: tuple[Client, Client]) -> None:
    asker, joiner = couple
    third = card_of(asker.business, person("eva@example.com", "Eva"))
    household_with(asker.business, joiner, third)
    assert form(asker, joiner) == Formed()
    with business_scope(asker.business_id):
        assert not HouseholdMember.objects.filter(client=asker).exists()


def test_a_card_whose_log_in_changed_meanwhile_forms_nothing(couple: tuple[Client, Client]) -> None:
    asker, joiner = couple
    with business_scope(asker.business_id):
        Client.objects.filter(pk=joiner.pk).update(account=None)
    assert form(asker, joiner) == Formed()


def test_with_a_guardian_a_member_is_a_child(couple: tuple[Client, Client]) -> None:
    asker, other = couple
    with business_scope(asker.business_id):
        household = Household.objects.create(business=asker.business, created_at=NOW)
        adult = add_member(household=household, card=asker, now=NOW)
        child = add_member(household=household, card=other, guardian=asker, now=NOW)
    assert (adult.role, child.role) == (HouseholdRole.ADULT, HouseholdRole.CHILD)
