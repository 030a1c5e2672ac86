"""In each demo business there is something to book, for everything that is offered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.integrations.papers import ROOT

from clientela.booking.queries.open_slots import open_slots
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.integrations.actions.import_file import import_file
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

DEMO = sorted((ROOT / "src/clientela/integrations/demo").glob("*.json"))
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_every_service_of_a_demo_can_be_booked_within_a_fortnight(path: Path) -> None:
    done = import_file(path=path, anchor_today=True, by=Actor.system("demo"), now=NOW)
    business = Business.objects.get(pk=done.business_id)
    with business_scope(business.pk):
        offered = {
            service.name: len(
                open_slots(
                    business=business,
                    service=service,
                    from_at=NOW,
                    until_at=NOW + timedelta(days=14),
                    now=NOW,
                )
            )
            for service in Service.objects.all()
        }
    assert [name for name, count in offered.items() if not count] == []
