"""A business that is to be forgotten, in processes that may die: ``python -m tests.people.erasing VERB``.

``prepare`` makes a business with clients and closes it; ``erase`` does what the worker does when the grace is over;
``look`` prints how many cards, contacts and appointments still tell of a person, and what the books add up to.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta

import django

django.setup()

from django.db.models import Q, Sum  # noqa: E402 -- after the set-up
from tests import factories  # noqa: E402 -- likewise
from tests.factories import NOW, at  # noqa: E402 -- likewise

from clientela.booking.models import Appointment  # noqa: E402 -- likewise
from clientela.business.actions.close_business import close_business  # noqa: E402 -- likewise
from clientela.business.models import Business  # noqa: E402 -- likewise
from clientela.people.actions.erase_closed import erase_closed  # noqa: E402 -- likewise
from clientela.people.models import Client, Identifier  # noqa: E402 -- likewise
from clientela.platform.tenancy import business_scope, system_scope  # noqa: E402 -- likewise

CLIENTS = 12
OVER = NOW + timedelta(days=30)


def prepare() -> None:
    """Make twelve clients with an appointment each, and give the business up."""
    business = factories.make_business()
    with business_scope(business.pk):
        service = factories.make_service(
            business,
            professionals=(factories.make_professional(business),),
            price_minor=4800,
        )
        for number in range(CLIENTS):
            card = factories.make_client(business, f"Canary {number}", f"c{number}@example.com")
            factories.book(service, start(number), client=card, by=factories.STAFF)
    close_business(business=business, name_typed=business.name, by=factories.SYSTEM, now=NOW)


def start(number: int) -> datetime:
    """The n-th half hour of mornings after the grace is over."""
    return at("2027-01-12 09:00") + timedelta(days=number // 6, minutes=30 * (number % 6))


def erase() -> None:
    """Work until nothing is left to do."""
    while erase_closed(now=OVER):
        pass


def look() -> None:
    """Print what is left."""
    with system_scope("a test looks"):
        told = Client.objects.filter(Q(record_name__contains="Canary") | Q(erased_at=None))
        print(
            json.dumps(
                {
                    "cards": told.count(),
                    "contacts": Identifier.objects.count(),
                    "ahead": Appointment.objects.filter(status="confirmed").count(),
                    "sum": Appointment.objects.aggregate(total=Sum("price_minor"))["total"],
                    "done": Business.objects.filter(erased_at__isnull=False).count(),
                }
            )
        )


if __name__ == "__main__":
    {"prepare": prepare, "erase": erase, "look": look}[sys.argv[1]]()
