"""Who is new and who returns, as it is kept: at booking, after a change, after a merge, and when a person says so."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.booking.facts import event_names
from tests.cast import Person
from tests.factories import NOW, STAFF, SYSTEM, at, book, make_guest
from tests.payouts.hearing import hear

from clientela.booking.actions.cancel import cancel_appointment
from clientela.booking.actions.choose_marker_policy import choose_marker_policy
from clientela.booking.actions.mark_appointments import mark_appointments
from clientela.booking.actions.reclassify_appointment import (
    answer_reclassification,
    ask_reclassification,
    reclassify_appointment,
)
from clientela.booking.errors import ReclassifyRefused
from clientela.booking.models import Appointment, Attribution, Channel, MarkedFor, ReclassifyState
from clientela.booking.queries.explain_marker import explain_marker, markers_known, waiting_requests
from clientela.booking.queries.marker_policy import other_readings, policy_in_force
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.actions.merge_clients import merge_clients
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import Client, Proof
from clientela.platform.actor import Actor
from clientela.rules.attribution import MarkerPolicy, Newness
from clientela.rules.reclassification import Ground

MONDAY, TUESDAY = at("2026-11-23 10:00"), at("2026-11-24 10:00")
WEDNESDAY = at("2026-11-25 10:00")
LATER = at("2026-11-23 08:30")


def made(
    service: Service, starts: object, card: Client, channel: Channel = Channel.WEB
) -> Appointment:
    return book(service, starts, client=card, by=STAFF, channel=channel).appointment  # type: ignore[arg-type]  # an instant


def said(one: Appointment) -> tuple[str, str]:
    explained = explain_marker(one)
    assert explained is not None
    assert explained.agrees
    return explained.row.value, explained.row.reason


@pytest.fixture
def strict(business: Business) -> None:
    choose_marker_policy(business=business, policy=MarkerPolicy.CHANNEL_STRICT, by=STAFF, now=NOW)


@pytest.mark.req("S0.1")
def test_every_booking_is_marked_when_it_is_made(service: Service, client_card: Client) -> None:
    first, second = made(service, MONDAY, client_card), made(service, TUESDAY, client_card)
    assert said(first) == ("new", "first-visit")
    assert said(second) == ("returning", "earlier-visit")
    explained = explain_marker(second)
    assert explained is not None
    assert explained.earlier == [first]
    assert explained.facts.same_professional == str(first.pk)


def test_an_earlier_visit_booked_later_and_one_cancelled_turn_the_others(
    service: Service, client_card: Client
) -> None:
    late = made(service, WEDNESDAY, client_card)
    early = made(service, MONDAY, client_card)
    assert (said(early)[0], said(late)[0]) == ("new", "returning")
    assert "AppointmentMarked" in event_names()
    cancel_appointment(appointment=early, by=STAFF, door="x", now=LATER)
    assert said(late) == ("new", "first-visit")
    assert [row.marked_for for row in late.attributions.order_by("number")] == [
        "booked",
        "booked",
        "changed",
    ]
    before = markers_known(appointment_ids=[late.pk], at=NOW)[late.pk]
    assert before.value == "returning"  # as known then


@pytest.mark.req("S0.3", "S0.4")
def test_the_same_name_with_another_address_is_another_person(
    service: Service, professional: Professional
) -> None:
    for address, start in (("a@example.com", MONDAY), ("b@example.com", TUESDAY)):
        one = book(service, start, client=make_guest("Luz Prueba", address)).appointment
        assert said(one) == ("new", "first-visit")


@pytest.mark.req("S0.2", "S0.5", "C5")
def test_the_strict_policy_lets_account_and_channel_decide(
    service: Service, client_card: Client, strict: None
) -> None:
    made(service, MONDAY, client_card, Channel.STAFF)
    by_app = made(service, TUESDAY, client_card, Channel.WEB)
    again = made(service, WEDNESDAY, client_card, Channel.WEB)
    assert said(by_app) == ("new", "other-channel")
    assert said(again) == ("returning", "earlier-visit")


@pytest.mark.req("S0.2")
def test_by_the_strict_policy_another_address_is_another_account(
    service: Service, strict: None
) -> None:
    first = book(service, MONDAY, client=make_guest("Luz Prueba", "a@example.com")).appointment
    card = first.client
    second = book(service, TUESDAY, client=make_guest("Luz Prueba", "a@example.com")).appointment
    Appointment.objects.filter(pk=second.pk).update(address_used="b@example.com")
    mark_appointments(
        business_id=card.business_id, client_ids=[card.pk], marked_for=MarkedFor.CHANGED, now=NOW
    )
    assert said(second) == ("new", "other-account")


def test_what_was_booked_keeps_the_policy_it_was_booked_under(
    business: Business, service: Service, client_card: Client
) -> None:
    made(service, MONDAY, client_card, Channel.STAFF)
    old = made(service, TUESDAY, client_card)
    readings = {one.policy: one for one in other_readings(business_id=business.pk, since=NOW)}
    assert (
        readings[MarkerPolicy.CHANNEL_STRICT].looked_at,
        readings[MarkerPolicy.CHANNEL_STRICT].differ,
    ) == (2, 1)
    assert readings[MarkerPolicy.ONE_PERSON].differ == 0
    choose_marker_policy(business=business, policy=MarkerPolicy.CHANNEL_STRICT, by=STAFF, now=LATER)
    assert policy_in_force(business_id=business.pk, now=LATER) is MarkerPolicy.CHANNEL_STRICT
    assert policy_in_force(business_id=business.pk, now=NOW) is MarkerPolicy.ONE_PERSON
    mark_appointments(
        business_id=business.pk,
        client_ids=[client_card.pk],
        marked_for=MarkedFor.CHANGED,
        now=LATER,
    )
    assert said(old) == ("returning", "earlier-visit")


@pytest.mark.req("S0.21", "L5")
def test_a_merge_turns_the_marker_and_a_parting_turns_it_back(
    business: Business, service: Service, client_card: Client
) -> None:
    twin = factories.make_client(business, "Ana P.", "ana@elsewhere.example")
    made(service, MONDAY, twin)
    visit = made(service, TUESDAY, client_card)
    merge = merge_clients(card=twin, into=client_card, proof=Proof.LOG_IN, by=SYSTEM, now=LATER)
    hear(LATER)
    assert said(visit) == ("returning", "merged")
    unmerge_clients(merge=merge, by=SYSTEM, now=LATER)
    hear(LATER)
    assert said(visit) == ("new", "first-visit")
    assert [row.marked_for for row in visit.attributions.order_by("number")] == [
        "booked",
        "merged",
        "parted",
    ]


def test_asking_again_adds_nothing(
    business: Business, service: Service, client_card: Client
) -> None:
    made(service, MONDAY, client_card)
    with CaptureQueriesContext(connection) as asked:
        again = mark_appointments(
            business_id=business.pk,
            client_ids=[client_card.pk],
            marked_for=MarkedFor.CHANGED,
            now=NOW,
        )
    assert again == []
    assert sum("booking_appointment" in query["sql"] for query in asked) == 1


@pytest.mark.req("S0.11", "S0.14")
def test_a_professional_asks_and_an_owner_decides(
    business: Business,
    service: Service,
    client_card: Client,
    strict: None,
    owner: Person,
    professional_member: Person,
) -> None:
    made(service, MONDAY, client_card, Channel.STAFF)
    visit = made(service, TUESDAY, client_card)
    wish = {"to": Newness.RETURNING, "ground": Ground.OTHER_CHANNEL}
    irene = professional_member.actor
    with pytest.raises(ReclassifyRefused, match="owner-only"):
        reclassify_appointment(appointment=visit, **wish, by=irene, now=LATER)  # type: ignore[arg-type]  # named as they are
    text = "We wrote before"
    asked = ask_reclassification(appointment=visit, **wish, text=text, by=irene, now=LATER)  # type: ignore[arg-type]  # named as they are
    assert ask_reclassification(appointment=visit, **wish, text="", by=irene, now=LATER) == asked  # type: ignore[arg-type]  # named as they are
    assert said(visit) == ("new", "other-channel")
    assert waiting_requests(business_id=business.pk) == [asked]
    with pytest.raises(ReclassifyRefused, match="owner-only"):
        answer_reclassification(request=asked, grants=True, by=irene, now=LATER)
    answered = answer_reclassification(request=asked, grants=True, by=owner.actor, now=LATER)
    assert answered.state == ReclassifyState.GRANTED
    assert said(visit) == ("returning", "reclassified")
    mark_appointments(
        business_id=business.pk,
        client_ids=[client_card.pk],
        marked_for=MarkedFor.CHANGED,
        now=LATER,
    )
    assert said(visit) == ("returning", "reclassified")
    assert (
        answer_reclassification(request=asked, grants=False, by=owner.actor, now=LATER).state
        == ReclassifyState.GRANTED
    )
    reclassify_appointment(
        appointment=visit, to=Newness.NEW, ground=Ground.TAKEN_BACK, by=owner.actor, now=LATER
    )
    assert said(visit) == ("new", "other-channel")


@pytest.mark.req("S0.14", "L5")
@pytest.mark.parametrize(
    "ground", [Ground.OTHER_CHANNEL, Ground.BEFORE_RECORDS, Ground.OTHER_PERSON]
)
def test_a_professional_cannot_even_ask_for_what_only_the_client_can_say(
    service: Service, client_card: Client, professional_member: Person, ground: Ground
) -> None:
    visit = made(service, MONDAY, client_card)
    with pytest.raises(ReclassifyRefused, match="client-must-confirm"):
        ask_reclassification(
            appointment=visit,
            to=Newness.RETURNING,
            ground=ground,
            text="",
            by=professional_member.actor,
            now=LATER,
        )
    assert said(visit) == ("new", "first-visit")


def test_a_refused_request_changes_nothing_and_a_guest_asks_for_nothing(
    service: Service, client_card: Client, strict: None, owner: Person, professional_member: Person
) -> None:
    made(service, MONDAY, client_card, Channel.STAFF)
    visit = made(service, TUESDAY, client_card)
    wish = {"to": Newness.RETURNING, "ground": Ground.OTHER_CHANNEL, "text": ""}
    asked = ask_reclassification(appointment=visit, **wish, by=professional_member.actor, now=LATER)  # type: ignore[arg-type]  # named as they are
    answer_reclassification(request=asked, grants=False, by=owner.actor, now=LATER)
    assert said(visit) == ("new", "other-channel")
    with pytest.raises(Exception, match="staff-only"):
        ask_reclassification(appointment=visit, **wish, by=Actor.guest(), now=LATER)  # type: ignore[arg-type]  # named as they are


def test_what_was_decided_is_never_changed(service: Service, client_card: Client) -> None:
    made(service, MONDAY, client_card)
    rows = Attribution.objects.all()
    assert rows.exists()
    delete = rows.all()._raw_delete  # past Django's own look at what depends on it
    for act in (lambda: rows.update(value="returning"), lambda: delete(rows.db)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()  # type: ignore[no-untyped-call]  # Django types no raw deletion
