"""Two cards that are joined and parted, in processes that may die: ``python -m tests.people.merging VERB…``.

``prepare`` makes two cards with appointments, a package and notes; ``merge`` and ``part`` do what the desk does;
``look`` prints everything that stands on them, so that before and after can be told from in between.
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import timedelta

import django

django.setup()

from tests import factories  # noqa: E402 -- after the set-up
from tests.factories import NOW, STAFF, at  # noqa: E402 -- likewise

from clientela.booking.models import Appointment  # noqa: E402 -- likewise
from clientela.business.models import Business  # noqa: E402 -- likewise
from clientela.ledger.models import Grant, Movement, Redemption, Sale  # noqa: E402 -- likewise
from clientela.people.actions.merge_clients import merge_clients  # noqa: E402 -- likewise
from clientela.people.actions.unmerge_clients import unmerge_clients  # noqa: E402 -- likewise
from clientela.people.models import (  # noqa: E402 -- likewise
    Client,
    Identifier,
    Merge,
    MergeRow,
    PairDecision,
    PartingQuestion,
    Proof,
)
from clientela.people.queries.merge_plan import merge_plan  # noqa: E402 -- likewise
from clientela.platform.models import AuditEvent, OutboxEvent  # noqa: E402 -- likewise
from clientela.platform.tenancy import business_scope, system_scope  # noqa: E402 -- likewise

LATER = NOW + timedelta(hours=1)
LOOKED_AT = (
    Client,
    Identifier,
    Appointment,
    Sale,
    Grant,
    Redemption,
    Movement,
    Merge,
    MergeRow,
    PairDecision,
    PartingQuestion,
    AuditEvent,
    OutboxEvent,
)


def prepare() -> None:
    """Make a business with two cards of one person."""
    business = factories.make_business()
    with business_scope(business.pk):
        service = factories.make_service(
            business, professionals=(factories.make_professional(business),), needs_credits=True
        )
        for name, hour in (("Luz", 10), ("Sol", 12)):
            card = factories.make_client(
                business, name, f"{name.lower()}@example.com", note=f"of {name}"
            )
            factories.book(service, at(f"2026-11-24 {hour}:00"), client=card)
        factories.sell(card, factories.make_package(service, credits=3))


def merge() -> None:
    """Let Luz take up Sol, on the plan as it stands."""
    with business_scope(Business.objects.get().pk):
        into, card = Client.objects.get(record_name="Luz"), Client.objects.get(record_name="Sol")
        plan = merge_plan(card=card, into=into, now=LATER)
        merge_clients(
            card=card, into=into, proof=Proof.STAFF, plan_digest=plan.digest, by=STAFF, now=LATER
        )


def part() -> None:
    """Part what is joined."""
    with business_scope(Business.objects.get().pk):
        unmerge_clients(merge=Merge.objects.get(undone_at=None), by=STAFF, now=LATER)


def look() -> None:
    """Print the state in one word for all rows, and how far it has come."""
    with system_scope("a test looks"):
        rows = [list(model._base_manager.order_by("pk").values_list()) for model in LOOKED_AT]
        standing = Merge.objects.filter(undone_at=None).count()
        merges = Merge.objects.count()
    word = hashlib.sha256(repr(rows).encode()).hexdigest()
    print(json.dumps({"word": word, "merges": merges, "standing": standing}))


if __name__ == "__main__":
    for verb in sys.argv[1:]:
        {"prepare": prepare, "merge": merge, "part": part, "look": look}[verb]()
