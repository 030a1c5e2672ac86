"""Of who is erased no invitation keeps the address."""

from __future__ import annotations

import pytest
from tests.factories import NOW
from tests.people.persons import person

from clientela.people.actions.ask_household import ask_household
from clientela.people.actions.forget_invitations import forget_invitations
from clientela.people.models import HouseholdInvitation
from clientela.platform.actor import Actor

pytestmark = pytest.mark.django_db


def test_invitations_to_these_addresses_go_and_others_stay() -> None:
    ana = person("ana@example.com", "Ana")
    for email in ("luis@example.com", "eva@example.com"):
        ask_household(account=ana, email=email, by=Actor.client(ana.pk), now=NOW)
    assert forget_invitations(emails=["luis@example.com", "nobody@example.com"]) == 1
    assert list(HouseholdInvitation.objects.values_list("email", flat=True)) == ["eva@example.com"]
