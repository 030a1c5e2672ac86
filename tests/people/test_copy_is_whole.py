"""What hangs on a person, table by table, is told in the copy they take along, or has a reason why not (ERA-03)."""

from __future__ import annotations

from typing import Final

import pytest
from django.apps import apps
from django.db import models

from clientela.accounts.models import Account
from clientela.people.exporters import person_tellers, tellers
from clientela.people.models import Client

TOLD: Final = {
    "booking.Appointment": "appointments",
    "booking.WaitingEntry": "waiting_list",
    "checkout.KeptCard": "payment_cards",
    "conversations.Conversation": "conversations",
    "ledger.Grant": "sessions_left",
    "ledger.Sale": "sales",
    "people.Client": "card",
    "people.Consent": "card",
    "people.HouseholdMember": "households",
    "people.Identifier": "card",
    "support.Request": "requests",
    "support.Thread": "support",
}
_LIKENESS: Final = "the business's opinion on whether cards are one person's"
UNTOLD: Final = {
    "accounts.AccountJoin": "that it was asked stands among the requests; the rest are codes",
    "accounts.AddressChange": "secrets of links; the addresses stand with the person",
    "booking.CalendarFeed": "a secret address, which would outlive its renewal in a file",
    "booking.Series": "only holds its appointments together, each of which is told",
    "business.Membership": "a place in somebody's business: its books",
    "business.Professional": "a place in somebody's business: its books",
    "checkout.PaymentAttempt": "a page that was opened; what was paid stands with its sale",
    "notify.PushDevice": "the keys of a device; which devices there are, the page on messages shows",
    "people.CardAnswer": "ids only: which card was theirs shows by its being told",
    "people.ClientKey": "hashes nobody can read, by which cards are compared",
    "people.HouseholdInvitation": "that it was asked stands among the requests",
    "people.Merge": _LIKENESS,
    "people.PartingQuestion": _LIKENESS,
    "people.Suggestion": _LIKENESS,
}


def of_persons() -> set[str]:
    """Every table that names a client card or a log-in."""
    return {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("clientela.")
        for column in model._meta.concrete_fields
        if isinstance(column, models.ForeignKey) and column.related_model in (Client, Account)
    }


@pytest.mark.req("ERA-03")
def test_every_table_that_names_a_person_is_told_or_says_why_not() -> None:
    assert of_persons() == set(TOLD) | set(UNTOLD)
    assert not set(TOLD) & set(UNTOLD)
    assert set(TOLD.values()) <= set(tellers()) | set(person_tellers())


def test_nothing_is_told_that_no_table_stands_behind() -> None:
    """Beside the tables that name a person, two parts follow the addresses and the appointments of a card."""
    assert (set(tellers()) | set(person_tellers())) - set(TOLD.values()) == {
        "addresses",
        "messages",
    }
