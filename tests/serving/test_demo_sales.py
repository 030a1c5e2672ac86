"""The demo's businesses sell: every state is there, the books move out and in unchanged."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.integrations.emptying import emptied
from tests.integrations.papers import ROOT

from clientela.accounts.actions.create_account import create_account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.checkout.models import ProviderAccount
from clientela.conversations.models import Entry
from clientela.integrations.actions.import_business import import_business
from clientela.integrations.actions.import_file import import_file
from clientela.integrations.business_file.reading import read_text
from clientela.integrations.queries.export_text import export_text
from clientela.ledger.models import Invoice, InvoiceKind, Sale
from clientela.ledger.queries.balances import balances
from clientela.ledger.queries.business_day import business_day
from clientela.notify.models import AddressState, Message, Rule, SimulatedFault
from clientela.people.models import Client, HouseholdInvitation, Suggestion
from clientela.people.queries.households import relatives_in
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope
from clientela.rules.sale_state import SaleState
from clientela.serving import (
    demo_clients,
    demo_duplicates,
    demo_messages,
    demo_sales,
    demo_support,
)
from clientela.support.models import Request, Thread

DEMO = ROOT / "src/clientela/integrations/demo"
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
BY = Actor.system("test")

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite]  # a demo lives there


def opened(slug: str) -> Business:
    done = import_file(path=DEMO / f"{slug}.json", anchor_today=True, by=BY, now=NOW)
    business = Business.objects.get(pk=done.business_id)
    demo_sales.arrange(business=business, now=NOW)
    demo_messages.arrange(business=business, now=NOW)
    demo_duplicates.arrange(business=business, now=NOW)
    return business


def _has_messages_of_every_kind() -> None:
    """What waits now the worker sends: one text arrives, one gets lost, and the others say why not."""
    troubles = set(AddressState.objects.values_list("channel", "trouble"))
    timings = set(Message.objects.filter(rule=Rule.REMINDER).values_list("timing", flat=True))
    threads = Counter(Entry.objects.values_list("direction", flat=True))
    assert {("sms", "stopped"), ("sms", "landline"), ("email", "bounced")} <= troubles
    assert timings == {"before:1440", "day:1@540", "before:4320"}
    assert threads == {"in": 3, "out": 1}
    assert SimulatedFault.objects.filter(channel="sms", fault="lost-receipt").exists()


def _has_duplicates(slug: str) -> None:
    """Somebody's second card in each, a couple in two, and in one another of the same name."""
    kinds = Counter(Suggestion.objects.values_list("verdict", flat=True))
    names = set(Suggestion.objects.values_list("first__record_name", "second__record_name"))
    assert kinds["same"]
    assert bool(kinds["household"]) is (slug != "kestrel-hair")
    assert (("Emma Specimen", "Emma Specimen") in names) is (slug == "fisioterapia-ejemplo")


@pytest.mark.parametrize("slug", ["fisioterapia-ejemplo", "studio-esempio", "kestrel-hair"])
def test_a_demo_has_something_of_everything_and_its_books_move_unchanged(
    slug: str, settings: Any
) -> None:
    settings.DEMO = True
    business = opened(slug)
    with business_scope(business.pk):
        states = Counter(Sale.objects.values_list("state", flat=True))
        words = set(Appointment.objects.values_list("redemption", flat=True))
        papers = set(Invoice.objects.values_list("kind", flat=True))
        _has_messages_of_every_kind()
        _has_duplicates(slug)
        assert ProviderAccount.objects.filter(ended_at__isnull=True).exists()
    assert {state for state in SaleState if states[state]} >= {
        SaleState.PAID,
        SaleState.PARTLY_PAID,
        SaleState.PENDING_PAYMENT,
        SaleState.REFUNDED,
    }
    assert {"none", "redeemed", "returned", "forfeited"} <= words
    assert papers == set(InvoiceKind.values)
    told = export_text(slug=slug)
    emptied()
    import_business(document=read_text(told), by=BY, now=NOW)
    assert export_text(slug=slug) == told
    print(f"{slug}: {sum(states.values())} sales, {len(told) // 1024} KB")


def test_the_one_who_shows_it_all_waits_for_a_session_gone_by_and_has_credits_that_end_soon() -> (
    None
):
    business = opened("fisioterapia-ejemplo")
    with business_scope(business.pk):
        ana = Client.objects.get(record_name=demo_sales.ANA)
        waits = Appointment.objects.filter(client=ana, redemption="pending")
        assert waits.filter(starts_at__lt=NOW).exists()
        today = business_day(business_id=business.pk, now=NOW)
        ends = [
            one.valid_until - today
            for one in balances(client_id=ana.pk, on=today)
            if one.valid_until
        ]
        assert min(ends).days <= 7
    _asks_the_support(business)


def _asks_the_support(business: Business) -> None:
    """Two conversations wait, one request for the support and one for the client's word; and she has a family."""
    people = {
        email: create_account(email=email, name=name, password=None, by=BY, now=NOW)
        for email, name in (
            (demo_support.ANA, demo_sales.ANA),
            ("operator@example.com", "Operator"),
            *((one[0], "Somebody of the staff") for one in demo_support.ASKED),
        )
    }
    ana = people[demo_support.ANA]
    demo_clients.bring_in(account=ana, now=NOW)
    demo_support.arrange(business=business, operator=people["operator@example.com"], now=NOW)
    assert list(Thread.objects.values_list("unread", flat=True)) == [1, 1]
    assert sorted(Request.objects.values_list("state", flat=True)) == ["open", "waiting-for-client"]
    assert HouseholdInvitation.objects.filter(account=ana, email=demo_support.LUIS).count() == 1
    with business_scope(business.pk):
        card = Client.objects.get(account=ana)
        family = relatives_in(client_id=card.pk)
    assert [one.client.record_name for one in family] == ["Nico Prueba"]


def test_a_copy_of_a_business_that_sold_has_books_of_its_own() -> None:
    business = opened("studio-esempio")
    document = read_text(export_text(slug=business.slug))
    copy = import_business(document=document, slug="another-studio", by=BY, now=NOW)
    with business_scope(copy.business_id):
        assert Sale.objects.count() == len(document.sales)
        assert not set(Sale.objects.values_list("pk", flat=True)) & {
            entry.id for entry in document.sales
        }
    told = read_text(export_text(slug="another-studio"))
    assert told.movements == document.movements
