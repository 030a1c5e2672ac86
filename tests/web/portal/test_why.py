"""A guest asks why a message did not arrive: by the link, about the one appointment."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import at, book

from clientela.booking.actions.book import Booked
from clientela.booking.links import manage_path
from clientela.business.models import BookingPolicy
from clientela.catalogue.models import Service
from clientela.notify.models import Message, Reason, Recipient
from clientela.people.models import Client as Card, Identifier
from clientela.platform.clock import now
from clientela.platform.jobs import WorkerHeartbeat
from clientela.platform.tenancy import system_scope
from clientela.platform.worker import run_once
from clientela.web.portal.why import PRESSES_PER_HOUR


@pytest.fixture
def failed(booked: Booked) -> Message:
    """Her confirmation, which the mail server refused."""
    with system_scope("a worker's turn"):
        WorkerHeartbeat.objects.create(process="here", started_at=now(), beat_at=now())
        run_once(now())
    rows = Message.objects.filter(appointment=booked.appointment, recipient=Recipient.CLIENT)
    message = rows.get(rule="confirmation", channel="email")
    Message.objects.filter(pk=message.pk).update(
        reason=Reason.PROVIDER_ERROR, send_at=None, settled_at=now()
    )
    return message


@pytest.mark.req("S4.28", "L7")
def test_the_page_of_the_link_leads_to_the_answer_which_names_no_address_whole(
    visitor: Client, path: str, booked: Booked, failed: Message
) -> None:
    assert f'href="{path}why/"' in visitor.get(path).content.decode()
    answer = visitor.get(f"{path}why/")
    page = answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"
    assert 'data-check="mail-server" data-verdict="fail"' in page
    contacts = Identifier.objects.filter(client=booked.appointment.client)
    for one in contacts.values_list("value", flat=True):
        assert one not in page
        assert one[4:-2] not in page.replace(" ", "")
    assert f"{failed.address[0]}…@" in page
    assert "push-device" not in page
    assert "answers-read" not in page


def test_it_is_sent_again_to_the_same_address_and_the_press_is_gone(
    visitor: Client, path: str, failed: Message
) -> None:
    press = {"fix": "send-again", "message": str(failed.pk)}
    answer = visitor.post(f"{path}why/", {**press, "channel": "email"})
    assert (answer.status_code, answer["Location"]) == (302, f"{path}why/?channel=email")
    kept = failed.address
    failed.refresh_from_db()
    assert (failed.reason, failed.address) == (Reason.QUEUED, kept)
    assert visitor.post(f"{path}why/", press).status_code == 409


@pytest.mark.parametrize(
    "fix", ["choose-email", "open-email", "open-number", "test-mail", "welcome"]
)
def test_a_link_changes_no_choice_and_opens_no_address(
    visitor: Client, path: str, booked: Booked, failed: Message, fix: str
) -> None:
    Card._base_manager.filter(pk=booked.appointment.client_id).update(notify_by="none")
    assert visitor.post(f"{path}why/", {"fix": fix}).status_code == 409
    assert Card._base_manager.get(pk=booked.appointment.client_id).notify_by == "none"


def test_another_appointments_message_is_not_sent_by_this_link(
    visitor: Client, service: Service, booked: Booked, failed: Message
) -> None:
    other = book(service, at("2026-11-25 10:00"), now=at("2026-11-22 07:00")).appointment
    press = {"fix": "send-again", "message": str(failed.pk)}
    assert visitor.post(f"{manage_path(other)}why/", press).status_code == 409
    failed.refresh_from_db()
    assert failed.reason == Reason.PROVIDER_ERROR


def test_the_same_link_makes_us_write_a_few_times_an_hour_and_no_more(
    visitor: Client, path: str, failed: Message
) -> None:
    press = {"fix": "send-again", "message": str(failed.pk)}
    answers = []
    for _ in range(PRESSES_PER_HOUR + 1):
        Message.objects.filter(pk=failed.pk).update(reason=Reason.PROVIDER_ERROR, send_at=None)
        answers.append(visitor.post(f"{path}why/", press).status_code)
    assert answers == [302] * PRESSES_PER_HOUR + [409]


def test_what_a_link_may_not_correct_is_corrected_with_an_account_of_their_own(
    visitor: Client, path: str, booked: Booked, failed: Message
) -> None:
    Message.objects.filter(pk=failed.pk).update(reason=Reason.BOUNCED_HARD)
    Identifier.objects.filter(client=booked.appointment.client, kind="email").delete()
    page = visitor.get(f"{path}why/").content.decode()
    assert 'data-check="email-address" data-verdict="fail"' in page
    assert (
        f'href="{reverse("account_signup")}?' in page.split('id="answer"')[1].split("</section>")[0]
    )
    BookingPolicy.objects.update_or_create(
        business=booked.appointment.business, defaults={"client_login": "off"}
    )
    page = visitor.get(f"{path}why/").content.decode()
    assert reverse("account_signup") not in page


def test_once_it_is_over_nothing_is_sent_again(visitor: Client, path: str, failed: Message) -> None:
    assert "send-again" in visitor.get(f"{path}why/").content.decode()
    with time_machine.travel(at("2026-11-26 08:00"), tick=False):
        assert "send-again" not in visitor.get(f"{path}why/").content.decode()
