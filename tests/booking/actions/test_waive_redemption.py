"""Waiving: the staff ask no credit for one appointment."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import GUEST, NOW, STAFF, at, book

from clientela.booking.actions.waive_redemption import waive_redemption
from clientela.booking.errors import NotPending, StaffOnly
from clientela.catalogue.models import Service
from clientela.ledger.models import Redemption
from clientela.people.models import Client
from clientela.platform.models import AuditEvent

TUESDAY_TEN = at("2026-11-24 10:00")


def test_a_waived_appointment_waits_no_longer_and_later_credits_leave_it_alone(
    credit_service: Service, client_card: Client
) -> None:
    row = book(credit_service, TUESDAY_TEN, client=client_card, by=STAFF).appointment
    for _ in range(2):
        waived = waive_redemption(appointment=row, by=STAFF, reason_text="first one free", now=NOW)
    assert waived.redemption == "none"
    assert AuditEvent.objects.get(action="redemption-waived").reason == "first one free"
    factories.sell(client_card, credit_service)
    assert Redemption.objects.count() == 0


def test_what_has_a_credit_is_not_waived(credit_service: Service, client_card: Client) -> None:
    factories.sell(client_card, credit_service)
    row = book(credit_service, TUESDAY_TEN, client=client_card, by=STAFF).appointment
    with pytest.raises(NotPending):
        waive_redemption(appointment=row, by=STAFF, now=NOW)


def test_a_client_does_not_waive(credit_service: Service) -> None:
    row = book(credit_service, TUESDAY_TEN).appointment
    with pytest.raises(StaffOnly):
        waive_redemption(appointment=row, by=GUEST, now=NOW)
