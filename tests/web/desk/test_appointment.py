"""The appointment's page and its acts: what is shown, what may be done, and what is refused."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, STAFF, at, book, make_guest, make_service
from tests.web.desk.reading import ways_of

from clientela.booking.actions.mark_attended import mark_attended
from clientela.booking.models import Appointment, Status
from clientela.catalogue.models import Service
from clientela.notify.models import Message, Reason, Recipient, Rule
from clientela.platform import clock
from clientela.platform.tenancy import business_scope

pytestmark = pytest.mark.django_db
TEN = at("2026-11-24 10:00")
AFTER = at("2026-11-24 12:00")


@pytest.fixture
def one(service):
    return book(service, TEN, client_note="Second floor?").appointment


@pytest.fixture
def page(home, one):
    return f"{home}appointments/{one.pk}/"


def status_of(one) -> str:
    return Appointment.objects.get(pk=one.pk).status


def test_the_page_says_who_when_where_and_what_they_wrote(at_desk, page):
    answer = at_desk.get(page)
    for words in (
        "Luz Prueba",
        "10:00",
        "Madrid time (CET)",
        "Fisioterapia with Irene",
        "Second floor?",
        "luz@example.com",
    ):
        assert words in answer.text


def test_the_history_says_who_did_what_through_which_door(at_desk, desk, page, one):
    at_desk.post(page + "move/", {"start": "20261124T1100Z"})
    beads = at_desk.get(page).context["history"]
    assert [(bead.title, bead.when) for bead in beads] == [
        ("Moved", "Mon 23 Nov, 08:00 (Madrid) · Marta Recepción · at the desk"),
        ("Booked", "Mon 23 Nov, 08:00 (Madrid) · the client · on the booking page"),
    ]
    assert beads[0].why == "From Tue 24 Nov, 10:00 (Madrid) to Tue 24 Nov, 12:00 (Madrid)"


def test_the_clients_own_link_can_be_copied(at_desk, page, client):
    link = at_desk.get(page).context["link"]
    assert client.get(link.split("8000", 1)[-1] if "8000" in link else link).status_code == 200


def test_a_request_is_accepted_or_declined(at_desk, home, business, professional):
    asked = make_service(business, "Plan", professionals=(professional,), needs_approval=True)
    first, second = (
        book(
            asked, at(f"2026-11-24 {hour}:00"), client=make_guest(hour, f"a{hour}@example.com")
        ).appointment
        for hour in ("10", "11")
    )
    page = f"{home}appointments/{first.pk}/"
    assert [act.label for act in at_desk.get(page).context["acts"]] == ["Accept", "Decline", "Move"]
    assert at_desk.post(page + "act/accept/", follow=True).status_code == 200
    assert status_of(first) == Status.CONFIRMED
    asked = at_desk.get(f"{home}appointments/{second.pk}/decline/")
    assert ways_of(asked)["Request declined", "Email"] == "At once"
    assert "a11@example.com" in asked.text
    at_desk.post(f"{home}appointments/{second.pk}/decline/", {"reason": "No room"})
    assert status_of(second) == Status.DECLINED


def test_who_came_and_who_did_not_is_noted_and_can_be_set_right(at_desk, page, one, monkeypatch):
    assert [act.label for act in at_desk.get(page).context["acts"]] == ["Move", "Cancel"]
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    assert [act.label for act in at_desk.get(page).context["acts"]][:2] == ["Came", "Did not come"]
    at_desk.post(page + "act/missed/")
    assert status_of(one) == Status.NO_SHOW
    assert "They came" in at_desk.get(page).text
    at_desk.post(page + "act/correct-attended/")
    assert status_of(one) == Status.ATTENDED


def test_nobody_has_come_before_the_start(at_desk, page, one):
    answer = at_desk.post(page + "act/came/")
    assert answer.status_code == 409
    assert "It has not started yet" in answer.text
    assert "Nothing was changed" in answer.text
    assert status_of(one) == Status.CONFIRMED


@pytest.mark.parametrize("doing", ["explode", "correct-cancelled", "correct-"])
def test_an_act_that_does_not_exist_is_not_found(at_desk, page, doing):
    assert at_desk.post(f"{page}act/{doing}/").status_code == 404


def test_acts_are_done_by_sending_never_by_looking(at_desk, page, one):
    for path in ("act/accept/", "note/"):
        assert at_desk.get(page + path).status_code == 405
    at_desk.get(page + "cancel/")
    at_desk.get(page + "move/?start=20261124T1100Z")
    assert status_of(one) == Status.CONFIRMED
    assert Appointment.objects.get(pk=one.pk).starts_at == TEN


def test_cancelling_says_first_who_is_told_and_what_becomes_free(at_desk, page, one):
    asked = at_desk.get(page + "cancel/")
    assert ways_of(asked)["Cancellation", "Email"] == "At once"
    assert "luz@example.com" in asked.text
    assert "10:00 (Madrid) with Irene is free for others" in asked.text
    answer = at_desk.post(page + "cancel/", {"reason": "Ill"}, follow=True)
    assert status_of(one) == Status.CANCELLED
    assert "The appointment is cancelled." in answer.text
    assert "Ill" in answer.context["history"][0].why


def test_cancelling_after_it_was_noted_shows_the_appointment_instead(at_desk, page, one):
    mark_attended(appointment=one, by=STAFF, now=AFTER)
    assert at_desk.get(page + "cancel/").context["acts"] == []
    assert at_desk.post(page + "cancel/").status_code == 409
    assert status_of(one) == Status.ATTENDED


def test_the_staffs_note_is_kept_and_the_client_never_reads_it(at_desk, page, one, client):
    at_desk.post(page + "note/", {"staff_note": "Brings the dog"})
    answer = at_desk.get(page)
    assert "Brings the dog" in answer.text
    assert answer.context["history"][0].title == "Note changed"
    assert Appointment.objects.get(pk=one.pk).sequence == one.sequence


def test_a_professional_reaches_their_own_only(
    sit, professional_member, home, shared_service, professional, colleague
):
    browser = sit(professional_member)
    own = book(shared_service, TEN, professional=professional).appointment
    other = book(
        shared_service, TEN, professional=colleague, client=make_guest("Eva", "eva@example.com")
    ).appointment
    assert browser.get(f"{home}appointments/{own.pk}/").status_code == 200
    for path in ("", "move/", "cancel/", "decline/"):
        assert browser.get(f"{home}appointments/{other.pk}/{path}").status_code == 404
    for path in ("move/", "cancel/", "note/", "act/came/"):
        assert browser.post(f"{home}appointments/{other.pk}/{path}").status_code == 404
    assert status_of(other) == Status.CONFIRMED


def test_a_foreign_appointment_does_not_exist_here(at_desk, home, next_door):
    with business_scope(next_door.pk):
        foreign = book(Service.objects.get(), TEN).appointment
    assert at_desk.get(f"{home}appointments/{foreign.pk}/").status_code == 404
    assert at_desk.get(f"/desk/{next_door.slug}/appointments/{foreign.pk}/").status_code == 404


def test_a_moved_zone_rule_is_shown_as_a_broken_promise(at_desk, page, one):
    Appointment.objects.filter(pk=one.pk).update(promised_local="2026-11-24T11:00")
    answer = at_desk.get(page)
    assert "it was promised for 11:00 (Madrid)" in answer.text
    assert "that moment reads 10:00 in Madrid" in answer.text


def test_the_page_costs_the_same_for_a_long_history(at_desk, page, one):
    at_desk.get(page)
    counted = {}
    for number in (1, 3):
        for turn in range(number):
            at_desk.post(page + "note/", {"staff_note": f"{number} {turn}"})
        at_desk.get(page)
        with CaptureQueriesContext(connection) as caught:
            at_desk.get(page)
        counted[number] = len(caught)
    assert counted[1] == counted[3] <= 24, counted


@pytest.fixture
def lost(one):
    """A confirmation of which nobody knows whether it left."""
    return Message.objects.create(
        business_id=one.business_id,
        appointment=one,
        occurrence=0,
        rule=Rule.CONFIRMATION,
        recipient=Recipient.CLIENT,
        recipient_id=one.client_id,
        channel="email",
        reason=Reason.UNKNOWN,
        address="luz@example.com",
        language="es",
        zone="Europe/Madrid",
        message_id="<1@x>",
        due_at=NOW,
        created_at=NOW,
        settled_at=NOW,
    )


@pytest.mark.parametrize(("choice", "said"), [("again", "sent again"), ("leave", "left as it is")])
def test_a_message_of_unknown_fate_is_settled_once(at_desk, home, page, lost, choice, said):
    assert [pile.title for pile in at_desk.get(home).context["piles"]] == [
        "Messages that did not arrive"
    ]
    assert "It is not known whether the email to luz@example.com left" in at_desk.get(page).text
    address = f"{page}messages/{lost.pk}/"
    assert said in at_desk.post(address, {"choice": choice}, follow=True).text
    assert "Send it again" not in at_desk.get(page).text
    assert at_desk.get(address).status_code == 405


def test_of_two_who_settle_a_message_the_second_is_told(at_desk, page, lost):
    address = f"{page}messages/{lost.pk}/"
    at_desk.post(address, {"choice": "leave"})
    answer = at_desk.post(address, {"choice": "again"})
    assert answer.status_code == 409
    assert "Somebody has settled this message already." in answer.text


def test_a_message_of_another_appointment_is_not_found(at_desk, home, service, lost):
    other = book(
        service, at("2026-11-24 11:00"), client=make_guest("Eva", "eva@example.com")
    ).appointment
    assert (
        at_desk.post(
            f"{home}appointments/{other.pk}/messages/{lost.pk}/", {"choice": "leave"}
        ).status_code
        == 404
    )
