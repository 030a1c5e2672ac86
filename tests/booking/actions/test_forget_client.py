"""A forgotten client leaves times and prices behind, and nothing that was said about them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.factories import at

from clientela.booking.actions.correct_status import correct_status
from clientela.booking.actions.forget_client import cancel_what_is_ahead, forget_client
from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.links import token_of
from clientela.booking.models import Appointment, Status
from clientela.booking.queries.appointment_by_link import appointment_by_link
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.models import AuditEvent

LATER = at("2026-11-24 11:55")


@pytest.fixture
def two(service: Service, client_card: Client) -> list[Appointment]:
    """One that took place, with a correction in somebody's words, and one that is five minutes ahead."""
    first = factories.book(
        service, at("2026-11-24 10:00"), client=client_card, client_note="my knee"
    ).appointment
    ahead = factories.book(
        service, at("2026-11-24 12:00"), client=client_card, client_note="my knee"
    ).appointment
    mark_attended(appointment=first, by=factories.STAFF, now=LATER)
    return [first, ahead]


def test_only_what_has_not_begun_is_cancelled_whatever_the_cut_off(
    two: list[Appointment], client_card: Client
) -> None:
    for _ in range(2):
        cancel_what_is_ahead(card=client_card, now=LATER)
    statuses = list(Appointment.objects.order_by("starts_at").values_list("status", flat=True))
    assert statuses == [Status.ATTENDED, Status.CANCELLED]


def test_words_go_and_figures_stay(two: list[Appointment], client_card: Client) -> None:
    Appointment.objects.update(staff_note="pays cash", price_minor=4800)
    figures = list(Appointment.objects.order_by("pk").values_list("starts_at", "price_minor"))
    forget_client(card=client_card, now=LATER)
    for one in Appointment.objects.all():
        assert (one.client_note, one.staff_note, one.address_used, one.account_id) == (
            "",
            "",
            "",
            None,
        )
    assert list(Appointment.objects.order_by("pk").values_list("starts_at", "price_minor")) == (
        figures
    )


def test_mailed_links_open_nothing_and_the_desk_can_still_make_one(
    two: list[Appointment], client_card: Client
) -> None:
    mailed = token_of(two[0])
    forget_client(card=client_card, now=LATER)
    assert appointment_by_link(mailed) is None
    assert token_of(Appointment.objects.get(pk=two[0].pk)) != mailed


def test_what_was_typed_in_the_trail_is_forgotten_and_the_lines_stay(
    two: list[Appointment], client_card: Client
) -> None:
    correct_status(
        appointment=two[0],
        to=Status.NO_SHOW,
        by=factories.STAFF,
        reason_text="Ana never came",
        now=LATER + timedelta(minutes=5),
    )
    lines = AuditEvent.objects.count()
    forget_client(card=client_card, now=LATER)
    assert AuditEvent.objects.count() == lines
    assert not AuditEvent.objects.filter(reason__contains="Ana").exists()
