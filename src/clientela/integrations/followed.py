"""The rows that follow a card when it becomes part of another, as the file names them."""

from __future__ import annotations

from typing import Final

from django.db.models import Model

from clientela.booking.models import Appointment, Series, WaitingEntry
from clientela.conversations.models import Conversation
from clientela.integrations.business_file.merges import Part
from clientela.ledger.models import Grant, Sale
from clientela.people.models import Client, HouseholdMember, Identifier

FOLLOWED: Final[dict[Part, tuple[type[Model], str]]] = {
    "clients": (Client, "merged_into_id"),
    "contacts": (Identifier, "client_id"),
    "members": (HouseholdMember, "client_id"),
    "guardians": (HouseholdMember, "guardian_id"),
    "series": (Series, "client_id"),
    "appointments": (Appointment, "client_id"),
    "waiting": (WaitingEntry, "client_id"),
    "conversations": (Conversation, "client_id"),
    "sales": (Sale, "client_id"),
    "grants": (Grant, "client_id"),
}
"""By which table and column a merge kept them. What the file does not hold, such as payments under way, is not here."""

PARTS: Final[dict[tuple[str, str], Part]] = {
    (model._meta.db_table, column): part for part, (model, column) in FOLLOWED.items()
}
"""The same, by table and column."""
