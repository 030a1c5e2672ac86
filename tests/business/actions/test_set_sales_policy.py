"""How a business sells: what is kept, what is refused, and what is noted of it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cast import Person
from tests.factories import NOW

from clientela.business.actions.set_sales_policy import set_sales_policy
from clientela.business.errors import ValueRefused
from clientela.business.models import Business, SalesPolicy
from clientela.platform.models import AuditEvent


def save(business: Business, owner: Person, **changes: Any) -> SalesPolicy:
    return set_sales_policy(business=business, by=owner.actor, now=NOW, **changes)


def test_the_first_change_makes_the_row_and_leaves_the_defaults(
    business: Business, owner: Person
) -> None:
    kept = save(
        business,
        owner,
        legal_name="  Fisio Retiro\tS.L. ",
        legal_address="Alcalá 1 \r\n28009 Madrid",
    )
    assert (kept.legal_name, kept.legal_address) == ("Fisio Retiro S.L.", "Alcalá 1\n28009 Madrid")
    assert (kept.takes_cash, kept.hold_minutes, kept.cancel_gives) == (True, 30, "credit")
    again = save(business, owner, takes_cash=False)
    assert again.pk == kept.pk
    assert SalesPolicy.objects.count() == 1


def test_what_changed_is_noted_and_what_did_not_is_not(business: Business, owner: Person) -> None:
    save(business, owner, tax_id="B12", hold_minutes=30)
    save(business, owner, tax_id="B12")
    (noted,) = AuditEvent.objects.filter(action="sales-policy-set")
    assert noted.details == {"fields": ["tax_id"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hold_minutes", 4),
        ("hold_minutes", 121),
        ("hold_minutes", "30"),
        ("hold_minutes", True),
        ("invoice_series", "-F"),
        ("invoice_series", "F 1"),
        ("invoice_series", "Ñ"),
        ("cancel_gives", "nothing"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_field(
    business: Business, owner: Person, field: str, value: Any
) -> None:
    with pytest.raises(ValueRefused) as refused:
        save(business, owner, **{field: value})
    assert refused.value.field == field
    assert not SalesPolicy.objects.filter(**{field: value}).exists()


@pytest.mark.parametrize("series", ["", "F", "2026/A", "A-B1"])
def test_a_series_is_letters_and_figures(business: Business, owner: Person, series: str) -> None:
    assert save(business, owner, invoice_series=series).invoice_series == series


def test_a_field_that_does_not_exist_is_a_mistake_of_the_programmer(
    business: Business, owner: Person
) -> None:
    with pytest.raises(TypeError):
        save(business, owner, business_id=None)
