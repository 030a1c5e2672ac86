"""Cards that share addresses and numbers are joined: everything comes along, and each contact stands once."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.factories import NOW, at, book, make_client, make_package, sell
from tests.people.actions.test_unmerge_clients import merged, parted, told

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.card_text import card_text
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.movers import movers

VALUES = (
    (IdentifierKind.EMAIL, "luz@example.com"),
    (IdentifierKind.EMAIL, "casa@example.com"),
    (IdentifierKind.PHONE, "+34612345678"),
    (IdentifierKind.PHONE, "+34698765432"),
)
CONTACTS = st.dictionaries(st.sampled_from(VALUES), st.tuples(st.booleans(), st.booleans()))
Contacts = dict[tuple[IdentifierKind, str], tuple[bool, bool]]


def card_with(business: Business, contacts: Contacts, name: str) -> Client:
    """A card with these contacts, each with whether it takes messages and whether it was proved."""
    card = make_client(business, name, "")
    Identifier.objects.filter(client=card).delete()
    for (kind, value), (takes, proved) in contacts.items():
        Identifier.objects.create(
            business=business,
            client=card,
            kind=kind,
            value=value,
            written=value,
            for_notifications=takes,
            verified_at=NOW if proved else None,
            created_at=NOW,
        )
    card.search_text = card_text(name=name, values=(value for _, value in contacts))
    card.save()
    return card


def left_on(card: Client) -> dict[str, int]:
    """How many rows still name the card, of every table that a merge moves."""
    found = {
        f"{one.table}.{one.column}": one.model._base_manager.filter(**{one.column: card}).count()
        for one in movers()
        if not one.stays and one.table != "people.Identifier"
    }
    return {name: rows for name, rows in found.items() if rows}


@pytest.mark.req("MRG-03", "S1.39")
def test_everything_comes_along_whatever_the_cards_share(
    business: Business, credit_service: Service
) -> None:
    package = make_package(credit_service, credits=3)

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(one=CONTACTS, other=CONTACTS)
    def hold(one: Contacts, other: Contacts) -> None:
        with transaction.atomic():
            card = card_with(business, one, "Luz Prueba")
            into = card_with(business, other, "Luz P.")
            for who, hour in ((card, 10), (into, 12)):
                sell(who, package)
                book(credit_service, at(f"2026-11-24 {hour}:00"), client=who)
            before = told(card, into)
            assert left_on(card)
            joined = merged(card, into)
            assert left_on(card) == {}
            standing = list(Identifier.objects.filter(client=into).values_list("kind", "value"))
            assert sorted(standing) == sorted({*one, *other})
            assert set(Identifier.objects.filter(client=card).values_list("kind", "value")) == {
                *one
            } & {*other}
            parted(joined)
            assert told(card, into) == before
            transaction.set_rollback(True)

    hold()
