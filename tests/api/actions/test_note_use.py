"""An owner sees when a token was last used, to the hour: not each of its requests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser
from tests.cast import Person
from tests.factories import at, book

from clientela.api.actions.make_token import make_token
from clientela.api.actions.note_use import note_use
from clientela.api.models import ApiToken, TokenScope
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.platform import clock
from clientela.platform.tenancy import business_scope

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_a_use_is_written_on_its_own_token_only(business: Business, owner: Person) -> None:
    with business_scope(business.pk):
        used, other = (
            make_token(
                business=business, label=label, scope=TokenScope.READ, by=owner.actor, now=NOW
            ).row
            for label in ("website", "till")
        )
        note_use(token=used, now=NOW)
        used.refresh_from_db()
        other.refresh_from_db()
    assert (used.last_used_at, other.last_used_at) == (NOW, None)


def test_a_token_in_constant_use_is_written_once_an_hour(
    client: Browser,
    business: Business,
    owner: Person,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with business_scope(business.pk):
        made = make_token(
            business=business, label="website", scope=TokenScope.READ, by=owner.actor, now=NOW
        )
    appointment = book(service, at("2026-11-24T10:00")).appointment
    path = f"/api/v1/businesses/{business.slug}/appointments/{appointment.pk}"
    seen = []
    for minutes in (0, 59, 60):
        monkeypatch.setattr(clock, "now", lambda then=NOW + timedelta(minutes=minutes): then)
        answer = client.get(path, headers={"Authorization": f"Bearer {made.secret}"})
        assert answer.status_code == 200
        with business_scope(business.pk):
            seen.append(ApiToken.objects.get(pk=made.row.pk).last_used_at)
    assert seen == [NOW, NOW, NOW + timedelta(hours=1)]
