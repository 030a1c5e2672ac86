"""A loan moves with its business, also one whose leave was taken back since: no leave is in the file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests import factories
from tests.booking.loans import Family, asks, family_of, gives_back, let, pending, who
from tests.factories import NOW
from tests.integrations.emptying import emptied
from tests.integrations.test_moved_and_parted import breaches, brought_in

from clientela.booking.models import Appointment
from clientela.booking.queries.lent import lenders_of
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.integrations.business_file.problems import BadFile
from clientela.integrations.queries.export_text import export_text
from clientela.ledger.models import Redemption
from clientela.people.models import HouseholdMember
from clientela.platform.tenancy import business_scope


@pytest.fixture
def family(business: Business, scope: None) -> Family:
    """Ana has lent Bea one credit that stands, and one that came back; then she took her leave back."""
    return family_of(business)


@pytest.fixture
def row(family: Family, credit_service: Service) -> Appointment:
    """What the credit stands for."""
    factories.sell(family.ana, credit_service, credits=2)
    row = asks(pending(credit_service, family.bea), family.ana, who(family.bea))
    gives_back(row, who(family.bea))
    asks(row, family.ana, who(family.bea))
    return row


@pytest.mark.parametrize("left", [False, True])
def test_what_was_lent_stands_where_the_business_has_moved(
    business: Business, family: Family, row: Appointment, left: bool
) -> None:
    let(family.ana, shares_credits=False)
    if left:
        HouseholdMember.objects.update(until=NOW)
    told = export_text(slug=business.slug)
    copy_id = brought_in(told, slug="copy")
    with business_scope(copy_id):
        (copied,) = Appointment.objects.all()
        (lender,) = lenders_of(appointment_ids=[copied.pk]).values()
        assert (copied.redemption, lender.record_name) == ("redeemed", "Ana Prueba")
        assert sorted(Redemption.objects.values_list("lent", "turn")) == [(True, 1), (True, 2)]
    emptied()
    assert brought_in(told) == business.pk
    assert lenders_of(appointment_ids=[row.pk]) == {row.pk: family.ana}
    assert breaches() == []
    gives_back(row, None)
    assert Appointment.objects.get(pk=row.pk).redemption == "pending"


def test_a_file_that_lends_to_a_stranger_is_refused(
    business: Business, family: Family, row: Appointment
) -> None:
    paper: dict[str, Any] = json.loads(export_text(slug=business.slug))
    households = paper.pop("households")
    with pytest.raises(BadFile, match="never in a household"):
        brought_in(json.dumps(paper), slug="copy")
    paper["households"] = households
    paper["sales"][0]["grant"]["redemptions"][1].pop("lent")
    with pytest.raises(BadFile, match="lent: is false, but the appointment is of"):
        brought_in(json.dumps(paper), slug="copy")
