"""A business as a document: what ``clientela export`` writes."""

from __future__ import annotations

from typing import Any

from clientela.business.file_parts import FileKeys, carriers
from clientela.business.models import BookingPolicy, Business, SalesPolicy
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.premises import (
    BusinessEntry,
    PolicyEntry,
    SellingEntry,
)
from clientela.integrations.errors import BusinessUnknown
from clientela.integrations.queries.file_parts.bookings import booking_parts
from clientela.integrations.queries.file_parts.cards import client_entries
from clientela.integrations.queries.file_parts.conversations import conversation_entries
from clientela.integrations.queries.file_parts.households import household_entries
from clientela.integrations.queries.file_parts.keys import RowKeys
from clientela.integrations.queries.file_parts.merges import (
    merge_entries,
    said_of_pair_entries,
)
from clientela.integrations.queries.file_parts.money import money_parts
from clientela.integrations.queries.file_parts.offer import package_entries, service_entries
from clientela.integrations.queries.file_parts.payouts import payout_parts
from clientela.integrations.queries.file_parts.premises import (
    location_entries,
    professional_entries,
    resource_entries,
    staff_entries,
)
from clientela.integrations.queries.file_parts.timetable import (
    closure_entries,
    exception_entries,
    hours_entries,
    time_off_entries,
)
from clientela.integrations.queries.file_parts.waiting import wait_entries
from clientela.platform.tenancy import business_scope

_BUSINESS_WORDS = (
    "slug", "id", "name", "tagline", "language", "currency", "email", "phone", "hue", "vivid",
    "is_open", "created_at",
)  # fmt: skip


def business_document(*, slug: str) -> BusinessFile:
    """Return everything a business owns that means something elsewhere; ``BusinessUnknown`` if there is none.

    Run it in one transaction: the parts must be of one moment. Log-ins, secrets, messages and the
    audit trail stay: they belong to persons or to this installation.
    """
    business = Business.objects.filter(slug=slug).first()
    if business is None:
        raise BusinessUnknown(slug=slug)
    with business_scope(business.pk):
        keys = RowKeys.of_business()
        return BusinessFile(
            clientela=2,
            business=_business_entry(business),
            locations=location_entries(keys),
            professionals=professional_entries(keys),
            resources=resource_entries(keys),
            services=service_entries(keys),
            packages=package_entries(keys),
            staff=staff_entries(keys),
            hours=hours_entries(keys),
            exceptions=exception_entries(keys),
            time_off=time_off_entries(keys),
            closures=closure_entries(keys),
            clients=client_entries(keys),
            households=household_entries(keys),
            merges=merge_entries(keys),
            said_of_pairs=said_of_pair_entries(keys),
            conversations=conversation_entries(keys),
            waiting=wait_entries(keys),
            **_carried(keys),
            **payout_parts(keys),
            **booking_parts(keys, currency=business.currency),
            **money_parts(keys, currency=business.currency),
        )


def _carried(keys: RowKeys) -> dict[str, Any]:
    """Return the parts that others tell; the file checks them as it would when it reads them."""
    names = FileKeys(services=keys.services)
    return {section: carrier.told(keys=names) for section, carrier in carriers().items()}


def _business_entry(business: Business) -> BusinessEntry:
    policy = BookingPolicy.objects.filter(business=business).values(*PolicyEntry.model_fields)
    selling = SalesPolicy.objects.filter(business=business).values(*SellingEntry.model_fields)
    return BusinessEntry(
        policy=PolicyEntry(**(policy.first() or {})),
        selling=SellingEntry(**(selling.first() or {})),
        **{word: getattr(business, word) for word in _BUSINESS_WORDS},
    )
