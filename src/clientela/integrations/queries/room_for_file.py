"""Whether this installation has room for a file: its slug and its ids are free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.db import models

from clientela.booking.models import Appointment, Series, Session, WaitingEntry
from clientela.business.errors import SlugInvalid, SlugReserved
from clientela.business.models import Business, Location, Resource
from clientela.business.slugs import check_slug
from clientela.catalogue.models import Package, Service
from clientela.conversations.models import Conversation
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.problems import Problems
from clientela.integrations.business_file.rows import rows_with_ids
from clientela.ledger.models import Grant, Invoice, Payment, Sale
from clientela.people.models import Client, Consent, HouseholdMember, Identifier, Merge
from clientela.platform.tenancy import system_scope

_TABLES: Final[dict[str, type[models.Model]]] = {
    "locations": Location,
    "professionals": Resource,
    "resources": Resource,
    "services": Service,
    "packages": Package,
    "clients": Client,
    "contacts": Identifier,
    "consents": Consent,
    "members": HouseholdMember,
    "merges": Merge,
    "series": Series,
    "sessions": Session,
    "appointments": Appointment,
    "waiting": WaitingEntry,
    "conversations": Conversation,
    "sales": Sale,
    "grants": Grant,
    "payments": Payment,
    "invoices": Invoice,
}
_AT_ONCE: Final = 500


def room_for_file(document: BusinessFile) -> Problems:
    """Return what stands in the way here; the caller's transaction keeps the answer true."""
    problems = Problems()
    _check_slug(document.business.slug, problems)
    with system_scope("an id of the file may belong to any business of the installation"):
        business_id = document.business.id
        if business_id and Business.objects.filter(pk=business_id).exists():
            problems.add(
                "is a business of this installation; import a copy under another slug",
                "business",
                "id",
            )
            return problems
        places: dict[str, dict[UUID, tuple[str | int, ...]]] = {}
        for row in rows_with_ids(document):
            places.setdefault(row.kind, {})[row.id] = row.place
        for kind, of_kind in places.items():
            for found in _standing(_TABLES[kind], list(of_kind)):
                problems.add("is in use in this installation", *of_kind[found], "id")
    return problems


def _check_slug(slug: str, problems: Problems) -> None:
    try:
        check_slug(slug)
    except SlugReserved:
        problems.add(f'"{slug}" is an address of the installation', "business", "slug")
    except SlugInvalid:
        problems.add("must be 3 to 60 small letters, digits and hyphens", "business", "slug")
    if Business.objects.filter(slug=slug).exists():
        problems.add(f'"{slug}" is taken in this installation', "business", "slug")


def _standing(model: type[models.Model], ids: list[UUID]) -> Iterator[UUID]:
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        yield from model._default_manager.filter(pk__in=some).values_list("pk", flat=True)
