"""The operator's page: well or not, what waits, and nobody else's business."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.accounts.people import proved
from tests.notify.conftest import (  # noqa: F401 -- fixtures of the neighbouring folder
    appointment,
    business,
    client_card,
    location,
    make_appointment,
    professional,
    scope,
    service,
)

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.notify.models import Attempt, Message, Outcome, Reason, TextGateway, TextSpend
from clientela.platform import clock
from clientela.platform.installation import hold_sending, sending_held_since
from clientela.platform.models import OutboxEvent, WorkerHeartbeat
from clientela.support.actions.give_feedback import give_feedback
from clientela.web.message_words import message_title, reason_words
from clientela.web.states import Audience

pytestmark = pytest.mark.django_db

# The page reads the clock itself, so what it shows must be of now.
NOW = clock.now()


@pytest.fixture
def operator(client: Client) -> Client:
    """A browser in which the operator is signed in."""
    account = Account.objects.create(email="op@example.com", is_operator=True, created_at=NOW)
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def make_message(appointment: Appointment) -> Callable[..., Message]:  # noqa: F811 -- a fixture
    """Give a function that makes a message of some reason, with one attempt."""

    def make(reason: Reason, *, occurrence: int = 0) -> Message:
        message = Message.objects.create(
            business=appointment.business,
            appointment=appointment,
            occurrence=occurrence,
            rule="confirmation",
            recipient="client",
            recipient_id=appointment.client_id,
            channel="email",
            reason=reason,
            address="ana@example.com",
            language="es",
            zone="Europe/Madrid",
            message_id=f"<{occurrence}-{reason}@x>",
            due_at=NOW,
            send_at=NOW if reason in {Reason.QUEUED, Reason.UNKNOWN} else None,
            tries=1,
            created_at=NOW,
        )
        Attempt.objects.create(
            business=appointment.business,
            message=message,
            number=1,
            outcome=Outcome.REFUSED,
            code="550",
            detail="no such user",
            started_at=NOW,
            ended_at=NOW,
        )
        return message

    return make


def test_a_stranger_is_sent_to_sign_in_and_a_member_of_staff_sees_nothing(client: Client) -> None:
    assert client.get(reverse("operator:home")).status_code == 302
    account = Account.objects.create(email="desk@example.com", created_at=NOW)
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("operator:home")).status_code == 404


@pytest.mark.req("L17")
def test_the_page_shows_the_doctors_findings_worst_first(operator: Client) -> None:
    page = operator.get(reverse("operator:home"))
    grades = [finding.grade for finding in page.context["health"].findings]
    assert grades == sorted(grades, key=["bad", "warn", "ok"].index)
    assert "No worker is running" in page.text
    assert page["Cache-Control"] == "no-store, private"


def test_an_ambiguous_message_is_listed_and_can_be_sent_again(operator, make_message) -> None:
    message = make_message(Reason.UNKNOWN)
    assert "May or may not have been sent" in operator.get(reverse("operator:home")).text
    answer = operator.post(reverse("operator:resend", args=[message.pk]), follow=True)
    assert "It is sent again now" in answer.text
    message.refresh_from_db()
    assert message.send_at > NOW


def test_an_ambiguous_message_can_be_left(operator, make_message) -> None:
    message = make_message(Reason.UNKNOWN)
    answer = operator.post(reverse("operator:leave", args=[message.pk]), follow=True)
    assert "It is left as it is" in answer.text
    assert "May or may not have been sent" not in answer.text


@pytest.mark.parametrize("act", ["resend", "leave"])
def test_what_was_settled_meanwhile_is_said_and_not_changed(operator, make_message, act) -> None:
    message = make_message(Reason.HANDED_OVER)
    answer = operator.post(reverse(f"operator:{act}", args=[message.pk]), follow=True)
    assert "settled in the meantime" in answer.text
    message.refresh_from_db()
    assert message.reason == Reason.HANDED_OVER


@pytest.mark.parametrize("act", ["resend", "leave"])
def test_a_link_that_is_only_opened_changes_nothing(operator, make_message, act) -> None:
    message = make_message(Reason.UNKNOWN)
    assert operator.get(reverse(f"operator:{act}", args=[message.pk])).status_code == 405


def test_a_failed_message_says_why_in_words_and_in_the_servers_own(operator, make_message) -> None:
    make_message(Reason.BOUNCED_HARD)
    page = operator.get(reverse("operator:home")).text
    words = reason_words(Reason.BOUNCED_HARD, audience=Audience.STAFF, tried=True)
    assert words.text in page
    assert "550 no such user" in page


def test_the_hold_after_a_restore_is_shown_and_ended(operator: Client) -> None:
    hold_sending(now=NOW)
    assert "Messages are on hold" in operator.get(reverse("operator:home")).text
    operator.post(reverse("operator:release"))
    assert sending_held_since() is None


def test_events_that_were_given_up_are_shown_and_tried_again(operator: Client) -> None:
    event = OutboxEvent.objects.create(
        name="booking.Broken",
        payload={},
        occurred_at=NOW,
        due_at=NOW,
        needs_attention_at=NOW,
        last_error="LookupError: no event is called booking.Broken",
    )
    assert "no event is called" in operator.get(reverse("operator:home")).text
    operator.post(reverse("operator:retry-events"))
    event.refresh_from_db()
    assert event.needs_attention_at is None


def test_the_page_costs_the_same_queries_for_three_messages_as_for_one(
    operator, make_message, django_assert_max_num_queries
) -> None:
    def add(number: int) -> None:
        make_message(Reason.UNKNOWN, occurrence=number)
        make_message(Reason.BOUNCED_HARD, occurrence=10 + number)

    add(0)
    with django_assert_max_num_queries(68) as one:
        operator.get(reverse("operator:home"))
    add(1)
    add(2)
    with django_assert_max_num_queries(len(one)):
        operator.get(reverse("operator:home"))


@pytest.mark.req("L17")
def test_what_is_on_its_way_who_carries_it_and_what_texts_cost_are_shown(
    operator, make_message
) -> None:
    place = make_message(Reason.QUEUED).business
    WorkerHeartbeat.objects.create(process="desk-1", started_at=NOW, beat_at=NOW)
    TextGateway.objects.create(
        business=place, gateway="simulator", sender="+34900000001", sender_kind="toll-free",
        currency="EUR", cap_minor=2000, created_at=NOW,
    )  # fmt: skip
    TextSpend.objects.create(business=place, month=f"{NOW:%Y-%m}", spent_minor=500)
    page = operator.get(reverse("operator:home"))
    health = page.context["health"]
    assert [(one.channel, one.waiting) for one in health.queues] == [("email", 1)]
    assert "desk-1" in page.text
    assert "25 % of what they may cost" in page.text


@pytest.mark.parametrize(("rule", "channel"), [("reminder", "sms"), ("change", "push")])
def test_what_is_ambiguous_on_any_channel_has_its_words(
    operator, make_message, rule, channel
) -> None:
    key = make_message(Reason.UNKNOWN).pk
    Message.objects.filter(pk=key).update(rule=rule, channel=channel, timing="")
    assert message_title(rule, channel) in operator.get(reverse("operator:home")).text


def test_every_question_stands_in_one_group(operator) -> None:
    health = operator.get(reverse("operator:home")).context["health"]
    shown = [finding for group in health.groups for finding in group.findings]
    assert sorted(shown, key=repr) == sorted(health.findings, key=repr)
    assert {"Messages", "Time"} <= {group.name for group in health.groups}


def test_what_people_say_of_the_help_is_shown(operator: Client) -> None:
    give_feedback(
        article="messages-missing",
        language="es",
        of_version=factories.NOW.date(),
        was_answered=False,
        reasons=["other"],
        comment="<b>¿Y el fax?</b>",
        is_human=True,
        now=factories.NOW,
    )
    page = operator.get("/operator/").text
    assert "0 yes, 1 no" in page
    assert "&lt;b&gt;¿Y el fax?&lt;/b&gt;" in page


@pytest.mark.req("S0.20")
def test_the_operator_makes_a_support_agent_by_a_proved_address_and_ends_that(
    operator: Client,
) -> None:
    ben = proved("ben@example.com")
    page = reverse("operator:agents")
    wrong = operator.post(page, {"email": "nobody@example.com"})
    assert wrong.status_code == 422
    assert "No account has confirmed this address" in wrong.text
    operator.post(page, {"email": "Ben@example.com"})
    ben.refresh_from_db()
    assert ben.is_support
    shown = operator.get(page).text
    assert "ben@example.com" in shown
    assert 'href="/support/"' in shown
    operator.post(reverse("operator:end-agent", args=[ben.pk]))
    ben.refresh_from_db()
    assert not ben.is_support
    assert operator.post(reverse("operator:end-agent", args=[ben.pk])).status_code == 404
