"""One of my appointments: the page, the acts, the cut-off; somebody else's is not there."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.factories import at, book
from tests.web.checksum import checksum
from tests.web.client.conftest import address, booked, browser_of, card_of

from clientela.accounts.models import Account
from clientela.booking.models import Appointment, Status
from clientela.business.actions.set_policy import set_policy
from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.models import Client as Card
from clientela.platform.models import AuditEvent
from clientela.platform.tenancy import business_scope

TUESDAY_NOON = "20261124T1100Z"
SHOWS = ("", "move", "cancel", "delete", "again", "appointment.ics")
ACTS = ("confirm", "move", "cancel", "delete", "again")


def fresh(appointment: Appointment) -> Appointment:
    appointment.refresh_from_db()
    return appointment


@pytest.mark.req("S2.15", "S3.21")
def test_the_page_shows_it_with_its_zone_and_what_may_be_done(
    signed_in: Client, visit: Appointment
) -> None:
    text = signed_in.get(address(visit)).text
    assert "Fisioterapia with Irene" in text
    assert "Madrid time (CET)" in text
    assert "You can move or cancel it online until Monday 23 November at 10:00 (Madrid)." in text
    assert f'href="{address(visit, "move")}"' in text
    assert f'href="{address(visit, "cancel")}"' in text
    assert 'href="/client/"' in text


@pytest.mark.parametrize("page", SHOWS)
def test_opening_a_page_changes_nothing(signed_in: Client, visit: Appointment, page: str) -> None:
    before = checksum()
    assert signed_in.get(address(visit, page)).status_code == 200
    assert signed_in.head(address(visit, page)).status_code == 200
    assert checksum() == before


@pytest.mark.parametrize("page", SHOWS)
def test_answers_are_kept_by_nobody_on_the_way(
    signed_in: Client, visit: Appointment, page: str
) -> None:
    answer = signed_in.get(address(visit, page))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("page", SHOWS)
def test_somebody_elses_looks_like_none_at_all(
    visit: Appointment, other: Account, next_door: Business, page: str
) -> None:
    card_of(next_door, other)
    theirs = browser_of(other).get(address(visit, page))
    nobodys = browser_of(other).get(address(other.pk, page))
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.text == nobodys.text


@pytest.mark.parametrize("act", ACTS)
def test_nobody_acts_on_somebody_elses(
    visit: Appointment, other: Account, next_door: Business, act: str
) -> None:
    card_of(next_door, other)
    answer = browser_of(other).post(address(visit, act), {"start": TUESDAY_NOON})
    assert answer.status_code == 404
    assert fresh(visit).status == Status.CONFIRMED
    assert visit.client_confirmed_at is None
    assert visit.hidden_at is None


@pytest.mark.req("S2.1")
def test_i_am_coming_is_noted(signed_in: Client, visit: Appointment) -> None:
    answer = signed_in.post(address(visit, "confirm"), follow=True)
    assert "You told us that you are coming." in answer.text
    assert fresh(visit).client_confirmed_at is not None


@pytest.mark.req("S3.5", "S3.23")
def test_edit_leads_to_the_free_times_and_moves(signed_in: Client, visit: Appointment) -> None:
    text = signed_in.get(address(visit, "move"), {"start": TUESDAY_NOON}).text
    assert "Your old time is yours until you have the new one." in text
    answer = signed_in.post(address(visit, "move"), {"start": TUESDAY_NOON}, follow=True)
    assert "Moved to Tue 24 Nov, 12:00 (Madrid)." in answer.text
    assert fresh(visit).starts_at == at("2026-11-24 12:00")


@pytest.mark.req("S2.1", "S3.5", "S3.23")
def test_delete_cancels_and_says_first_what_that_means(
    signed_in: Client, visit: Appointment, ana: Account
) -> None:
    text = signed_in.get(address(visit, "cancel")).text
    assert "Irene is told at once" in text
    answer = signed_in.post(address(visit, "cancel"), {"reason": "I am ill"}, follow=True)
    assert "This appointment is cancelled" in answer.text
    assert fresh(visit).status == Status.CANCELLED
    said = AuditEvent.objects.get(action="appointment-cancelled")
    assert (said.actor_kind, said.actor_id) == ("client", ana.pk)


@pytest.mark.req("S3.26", "S3.27")
def test_past_the_cut_off_the_page_says_since_when_and_whom_to_ask(
    signed_in: Client, visit: Appointment
) -> None:
    with time_machine.travel(at("2026-11-23 17:00"), tick=False):
        text = signed_in.get(address(visit)).text
        assert "Online changes closed 7 hours ago" in text
        assert "Cut-off was" in text
        assert "Fisio Retiro asks for 24 h of notice. Call us" in text
        assert "tel:+34910000000" in text
        for act in ("cancel", "move"):
            assert f'href="{address(visit, act)}"' not in text
            refused = signed_in.post(address(visit, act), {"start": TUESDAY_NOON})
            assert refused.status_code == 409
            assert "Nothing was changed." in refused.text
    assert fresh(visit).status == Status.CONFIRMED


@pytest.mark.req("S3.24", "S3.28")
@pytest.mark.parametrize("move", [True, False])
@pytest.mark.parametrize("cancel", [True, False])
def test_moving_and_cancelling_are_switched_apart_on_the_page_and_in_the_act(
    signed_in: Client, visit: Appointment, business: Business, move: bool, cancel: bool
) -> None:
    set_policy(
        business=business,
        client_may_reschedule=move,
        client_may_cancel=cancel,
        by=factories.SYSTEM,
        now=factories.NOW,
    )
    text = signed_in.get(address(visit)).text
    assert (f'href="{address(visit, "move")}"' in text) is move
    assert (f'href="{address(visit, "cancel")}"' in text) is cancel
    assert ("tel:+34910000000" in text) is not (move and cancel)
    moved = signed_in.post(address(visit, "move"), {"start": TUESDAY_NOON})
    assert (moved.status_code == 302) is move
    cancelled = signed_in.post(address(visit, "cancel"))
    assert (cancelled.status_code == 302) is cancel


@pytest.mark.req("S2.20")
def test_deleting_takes_it_off_my_list_and_leaves_it_with_the_business(
    signed_in: Client, service: Service, card: Card
) -> None:
    gone = booked(service, card, "2026-11-19 10:00")
    text = signed_in.get(address(gone, "delete")).text
    assert "keeps it in its books" in text
    answer = signed_in.post(address(gone, "delete"), follow=True)
    assert "It is off your list." in answer.text
    assert str(gone.pk) not in answer.text
    assert signed_in.get(address(gone)).status_code == 404
    assert fresh(gone).status == Status.CONFIRMED


def test_what_is_still_to_come_is_not_deleted(signed_in: Client, visit: Appointment) -> None:
    answer = signed_in.post(address(visit, "delete"), follow=True)
    assert "This appointment is still to come. Cancel it first. Nothing was changed." in answer.text
    assert fresh(visit).hidden_at is None


@pytest.mark.req("S2.1", "S2.15")
def test_the_same_again_is_proposed_at_the_time_of_the_week_and_booked_with_one_press(
    signed_in: Client, service: Service, card: Card, ana: Account
) -> None:
    gone = booked(service, card, "2026-11-17 10:00")
    text = signed_in.get(address(gone, "again")).text
    assert "Fisioterapia with Irene" in text
    promised = text.partition("What you will receive")[2].partition("</section>")[0]
    assert "Confirmation by email" in promised
    assert "Mon 23 Nov, 10:00 (Madrid)" in promised, "the reminder of the time that is proposed"
    key = text.partition('name="key" value="')[2].partition('"')[0]
    start = text.partition('name="start" value="')[2].partition('"')[0]
    assert start == "20261124T0900Z"  # Tuesday at ten again
    sent = {"key": key, "start": start, "professional": str(gone.professional_id)}
    answer = signed_in.post(address(gone, "again"), sent, follow=True)
    assert "Done. It is in your list" in answer.text
    made = Appointment.objects.exclude(pk=gone.pk).get()
    assert made.starts_at == at("2026-11-24 10:00")
    assert (made.client_id, made.account_id) == (card.pk, ana.pk)
    assert (made.professional_id, made.service_id) == (gone.professional_id, gone.service_id)
    signed_in.post(address(gone, "again"), sent)
    assert Appointment.objects.count() == 2  # the same press twice is one booking


def test_a_proposal_that_was_just_taken_says_so_and_offers_others(
    signed_in: Client, service: Service, card: Card
) -> None:
    gone = booked(service, card, "2026-11-17 10:00")
    book(service, at("2026-11-24 10:00"))
    answer = signed_in.post(address(gone, "again"), {"start": "20261124T0900Z"})
    assert answer.status_code == 409
    assert "Someone just took 10:00 (Madrid). Nothing was booked." in answer.text
    assert 'name="start" value="' in answer.text
    assert signed_in.post(address(gone, "again"), {}).status_code == 422


def test_a_service_that_ended_says_so(signed_in: Client, service: Service, card: Card) -> None:
    gone = booked(service, card, "2026-11-17 10:00")
    service.is_active = False
    service.save()
    assert "Nothing like it is free" in signed_in.get(address(gone, "again")).text


@pytest.mark.req("S3.10")
def test_where_clients_have_no_log_in_the_booking_page_books_again(
    signed_in: Client, service: Service, card: Card, business: Business
) -> None:
    gone = booked(service, card, "2026-11-17 10:00")
    set_policy(business=business, client_login="off", by=factories.SYSTEM, now=factories.NOW)
    answer = signed_in.get(address(gone, "again"))
    assert answer.headers["Location"].startswith(f"/fisio-retiro/?service={service.pk}")


@pytest.mark.req("S2.1")
def test_the_calendar_file_and_links_tell_nobody_a_secret(
    signed_in: Client, visit: Appointment
) -> None:
    answer = signed_in.get(address(visit, "appointment.ics"))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"UID:{visit.pk}@" in answer.text
    text = signed_in.get(address(visit)).text
    outside = [part for part in text.split('"') if part.startswith("https://")]
    assert len(outside) == 2
    assert not [link for link in outside if str(visit.pk) in link]


def test_the_number_of_queries_is_fixed(
    signed_in: Client, visit: Appointment, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(16):
        signed_in.get(address(visit))


@pytest.mark.req("S1.27", "S1.28")
def test_a_bound_client_is_offered_and_gets_only_their_professional(
    signed_in: Client,
    shared_service: Service,
    colleague: Professional,
    professional: Professional,
    card: Card,
) -> None:
    gone = booked(shared_service, card, "2026-11-17 10:00", professional=professional)
    ahead = booked(shared_service, card, "2026-11-24 11:00", professional=professional)
    with business_scope(card.business_id):
        bind_to_professional(
            client=card, professional=colleague, by=factories.STAFF, now=factories.NOW
        )
        card.refresh_from_db()
        booked(shared_service, card, "2026-11-24 12:00", professional=colleague)
    again = signed_in.get(address(gone, "again")).text
    assert "Masaje with Tomás" in again
    assert "Masaje with Irene" not in again
    sent = {"start": "20261125T0900Z", "professional": str(professional.pk)}
    refused = signed_in.post(address(gone, "again"), sent)
    assert refused.status_code == 409
    busy = signed_in.post(address(ahead, "move"), {"start": TUESDAY_NOON})
    assert busy.status_code == 409  # Tomás is taken then, though Irene is free
    signed_in.post(address(ahead, "move"), {"start": "20261125T0900Z"})
    assert fresh(ahead).professional_id == colleague.pk


@pytest.mark.req("S3.27", "S3.28")
def test_two_passed_cut_offs_are_said_apart_where_no_line_can_show_them(
    signed_in: Client, visit: Appointment, business: Business
) -> None:
    set_policy(
        business=business,
        cancel_closes_minutes=20 * 60,
        by=factories.SYSTEM,
        now=factories.NOW,
    )
    with time_machine.travel(at("2026-11-23 17:00"), tick=False):
        text = signed_in.get(address(visit)).text
    assert "Online changes closed 3 hours ago" in text
    assert "Fisio Retiro asks for 20 h of notice." in text
    assert "Moving it online closed on Monday 23 November at 10:00 (Madrid)." in text
    assert "Cancelling it online closed on Monday 23 November at 14:00 (Madrid)." in text
