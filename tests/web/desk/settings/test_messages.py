"""The plan of messages, the words and the quiet hours, as an owner sets them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.factories import NOW
from tests.web.desk.settings.conftest import SETTINGS

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.notify.models import MessagePolicy, MessageRule, MessageTemplate, Rule, TextGateway
from clientela.notify.queries.plan import STANDARD
from clientela.people.models import Client as Card
from clientela.platform.models import WorkerHeartbeat
from clientela.web.desk.settings.messages.lines import written_key

PLAN = f"{SETTINGS}messages/"
NEW = f"{PLAN}rule/new/"
WORDS = f"{PLAN}words/reminder/es/"
REMINDER = "reminder.client.before:1440."

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sqlite,
    pytest.mark.time_machine(NOW, tick=False),
]


@pytest.fixture
def awake(db: None) -> None:
    WorkerHeartbeat.objects.create(process="here:1", started_at=NOW, beat_at=NOW)


@pytest.fixture
def with_texts(business: Business, scope: None) -> TextGateway:
    return TextGateway.objects.create(
        business=business,
        gateway="simulator",
        sender="+34600000001",
        sender_kind="long-number",
        price_minor=8,
        currency="EUR",
        countries=["ES"],
        created_at=NOW,
    )


def as_it_is(**changes: list[str]) -> dict[str, list[str]]:
    """The whole form as a browser sends it, with some ticks changed."""
    keys = [written_key(one) for one in STANDARD]
    sent = {"line": keys, "on": list(keys)}
    for way in ("email", "sms", "push"):
        sent[f"by-{way}"] = [
            written_key(one)
            for one in STANDARD
            if way in one.channels and one.recipient == "client"
        ]
    return {**sent, **changes}


def without(keys: list[str], key: str) -> list[str]:
    return [one for one in keys if one != key]


def test_the_plan_shows_what_is_usual_and_keeps_what_is_ticked(
    as_owner: Client, business: Business, with_texts: TextGateway, awake: None
) -> None:
    page = as_owner.get(PLAN).text
    assert page.count('name="line"') == len(STANDARD)
    assert "24 hours before" in page
    sent = as_it_is()
    sent["by-sms"] = without(sent["by-sms"], REMINDER)
    sent["on"] = without(sent["on"], "confirmation.client..")
    assert as_owner.post(PLAN, sent)["location"] == PLAN
    row = MessageRule.objects.get(rule="reminder")
    assert (row.by_email, row.by_sms, row.by_push, row.is_on) == (True, False, True, True)
    assert not MessageRule.objects.get(rule="confirmation").is_on
    assert MessagePolicy.objects.get().rules_changed_at == NOW


def test_without_texts_their_ticks_are_not_shown_and_stay_as_they_are(
    as_owner: Client, business: Business, scope: None, awake: None
) -> None:
    page = as_owner.get(PLAN).text
    assert 'name="by-sms"' not in page
    assert "Texts are not connected" in page
    sent = as_it_is(**{"by-sms": []})
    sent["by-push"] = without(sent["by-push"], REMINDER)
    as_owner.post(PLAN, sent)
    row = MessageRule.objects.get(rule="reminder")
    assert (row.by_sms, row.by_push) == (True, False)


def test_it_is_said_what_the_next_client_gets_before_anything_is_kept(
    as_owner: Client, service: Service, with_texts: TextGateway, awake: None
) -> None:
    guest = factories.make_guest("Ana Prueba", "ana@example.com")
    factories.book(
        service, factories.at("2026-11-26 10:00"), client=guest, by=factories.GUEST, now=NOW
    )
    Card.objects.update(activated_at=NOW)
    before = example(as_owner.get(PLAN).text)
    assert "Ana Prueba" in before
    assert "Reminder 24 hours before, by email" in before
    assert "Wed 25 Nov, 10:00 (Madrid)" in before
    assert "Cancellation by email" in before
    sent = as_it_is(do=["look"])
    sent["on"] = without(sent["on"], REMINDER)
    answer = as_owner.post(PLAN, sent)
    assert answer.status_code == 200
    after = example(answer.text)
    assert "switched off" in after
    assert "Wed 25 Nov, 10:00 (Madrid)" not in after
    assert not MessageRule.objects.exists()


def example(page: str) -> str:
    part = page.split('id="example"')[1].split("</section>", maxsplit=1)[0]
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", part))


def test_what_clients_must_hear_stays_on_whatever_is_sent(
    as_owner: Client, business: Business, scope: None, awake: None
) -> None:
    sent = as_it_is(on=[], **{"by-email": []})
    assert as_owner.post(PLAN, sent).status_code == 302
    row = MessageRule.objects.get(rule="cancellation")
    assert (row.is_on, row.by_email) == (True, True)
    assert not MessageRule.objects.get(rule="reminder").is_on


@pytest.mark.req("L17")
def test_a_reminder_is_not_added_while_nobody_is_awake_to_send_it(
    as_owner: Client, business: Business, scope: None
) -> None:
    sent = {"counts": "before", "hours": "2", "channels": ["email"], "service": ""}
    page = as_owner.get(f"{NEW}?kind=reminder").text
    assert "the part of the program that sends later is not running".lower() in page.lower()
    refused = as_owner.post(f"{NEW}?kind=reminder", sent)
    assert refused.status_code == 422
    assert "clientela manage doctor" in refused.text
    assert 'value="2"' in refused.text
    assert not MessageRule.objects.exists()
    WorkerHeartbeat.objects.create(
        process="here:1", started_at=NOW, beat_at=NOW - timedelta(seconds=5)
    )
    assert as_owner.post(f"{NEW}?kind=reminder", sent)["location"] == PLAN
    assert MessageRule.objects.filter(timing="before:120").exists()


@pytest.mark.parametrize(
    ("kind", "sent", "timing"),
    [
        ("reminder", {"counts": "before", "hours": "1.5"}, "before:90"),
        ("reminder", {"counts": "day", "days": "2", "time": "09:00"}, "day:2@540"),
        ("follow-up", {"hours": "3"}, "after:180"),
        ("balance-low", {}, ""),
        ("staff-reminder&to=desk", {"counts": "day", "days": "1", "time": "18:00"}, "day:1@1080"),
    ],
)
def test_each_kind_has_its_own_times(
    as_owner: Client, business: Business, scope: None, awake: None, kind, sent, timing
) -> None:
    given = {"channels": ["email", "push"], "service": "", **sent}
    answer = as_owner.post(f"{NEW}?kind={kind}", given)
    assert answer.status_code == 302, answer.text
    row = MessageRule.objects.get(rule=kind.partition("&")[0], timing=timing)
    assert row.by_email
    assert row.by_push is (row.recipient == "client")


@pytest.mark.parametrize(
    ("sent", "blamed"),
    [
        ({"counts": "before", "hours": ""}, "id_hours"),
        ({"counts": "before", "hours": "0.02"}, "id_hours"),
        ({"counts": "before", "hours": "8000"}, "id_hours"),
        ({"counts": "day", "days": "", "time": "09:00"}, "id_days"),
        ({"counts": "day", "days": "1", "time": "09:02"}, "id_days"),
        ({"counts": "before", "hours": "2", "channels": []}, "channels"),
        ({"counts": "before", "hours": "24"}, "already"),
    ],
)
def test_a_time_that_is_none_is_explained_and_nothing_is_kept(
    as_owner: Client, business: Business, scope: None, awake: None, sent, blamed
) -> None:
    answer = as_owner.post(f"{NEW}?kind=reminder", {"channels": ["email"], "service": "", **sent})
    assert answer.status_code == 422
    assert blamed in answer.text.split('id="errors"')[1][:800]
    assert not MessageRule.objects.exists()


def test_a_line_is_changed_and_taken_out(as_owner: Client, service: Service, awake: None) -> None:
    page = f"{PLAN}rule/?line={REMINDER}"
    assert 'value="24"' in as_owner.get(page).text
    as_owner.post(page, {"counts": "day", "days": "1", "time": "09:00", "channels": ["email"]})
    moved = MessageRule.objects.get(rule="reminder")
    assert (moved.timing, moved.by_push, moved.by_sms) == ("day:1@540", False, True)
    own = {"counts": "before", "hours": "3", "channels": ["email"], "service": str(service.pk)}
    as_owner.post(f"{NEW}?kind=reminder", own)
    listed = as_owner.get(PLAN).text
    assert f"reminder.client.before:180.{service.pk}" in listed
    as_owner.post(f"{PLAN}rule/?line=reminder.client.day:1@540.", {"do": "drop"})
    assert [one.service_id for one in MessageRule.objects.filter(rule="reminder")] == [service.pk]
    assert as_owner.get(f"{PLAN}rule/?line=reminder.client.day:1@540.").status_code == 404


def test_a_service_may_have_its_own_confirmation(
    as_owner: Client, service: Service, awake: None
) -> None:
    page = f"{NEW}?kind=confirmation"
    refused = as_owner.post(page, {"channels": ["push"], "service": ""})
    assert refused.status_code == 422
    as_owner.post(page, {"channels": ["push"], "service": str(service.pk)})
    assert MessageRule.objects.get(rule="confirmation", service=service).by_push


@pytest.mark.parametrize(
    "address",
    [
        f"{NEW}?kind=birthday",
        f"{NEW}?kind=reminder&to=desk",
        f"{NEW}?kind=staff-booked",
        f"{PLAN}rule/?line=reminder.client.before:5.",
        f"{PLAN}words/staff-booked/es/email/",
        f"{PLAN}words/reminder/pt/email/",
        f"{PLAN}words/reminder/es/pigeon/",
    ],
)
def test_what_is_no_message_has_no_page(as_owner: Client, business: Business, address) -> None:
    assert as_owner.get(address).status_code == 404


# --- words ----------------------------------------------------------------------------------------


def test_words_are_tried_kept_and_taken_back(as_owner: Client, service: Service) -> None:
    page = f"{WORDS}email/"
    assert "Our words are said" in as_owner.get(page).text
    sent = {"subject": "Te esperamos: {when}", "body": "Hola {name}\n\nTrae una toalla."}
    tried = as_owner.post(page, {**sent, "do": "look"})
    assert tried.status_code == 200
    assert "<p>Trae una toalla.</p>" in tried.text
    assert "Hola Ana" in tried.text
    assert "17:30, hora de Madrid (CET)" in tried.text
    assert not MessageTemplate.objects.exists()
    assert as_owner.post(page, sent)["location"] == page
    row = MessageTemplate.objects.get()
    assert (row.version, row.body) == (1, "Hola {name}\n\nTrae una toalla.")
    assert "Your words, version 1" in as_owner.get(page).text
    as_owner.post(page, {"do": "ours"})
    row.refresh_from_db()
    assert (row.version, row.body, row.subject) == (2, "", "")


@pytest.mark.parametrize("channel", ["email", "sms", "push"])
@pytest.mark.parametrize("rule", [one.value for one in Rule if not one.startswith("staff-")])
def test_ours_can_be_begun_from_and_kept(
    as_owner: Client, service: Service, rule: str, channel: str
) -> None:
    page = f"{PLAN}words/{rule}/es/{channel}/"
    begun = as_owner.get(f"{page}?from=ours")
    form = begun.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert sent["body"]
    assert as_owner.post(page, sent).status_code == 302


@pytest.mark.req("INJ-09")
def test_a_placeholder_that_is_none_is_blamed_by_its_name(
    as_owner: Client, service: Service
) -> None:
    answer = as_owner.post(f"{WORDS}sms/", {"body": "Hola {password}"})
    assert answer.status_code == 422
    assert "“{password}” stands for nothing here" in answer.text
    broken = as_owner.post(f"{WORDS}sms/", {"body": "{{settings.SECRET_KEY}}", "do": "look"})
    assert broken.status_code == 422
    assert "A brace stands alone" in broken.text
    assert not MessageTemplate.objects.exists()


def test_a_text_says_its_parts_and_what_it_costs(
    as_owner: Client, service: Service, with_texts: TextGateway
) -> None:
    short = as_owner.post(f"{WORDS}sms/", {"body": "Hola {name}", "do": "look"}).text
    assert "1 part: €0.08" in " ".join(short.split())
    long = as_owner.post(f"{WORDS}sms/", {"body": "ж" * 100, "do": "look"}).text
    assert "2 parts: €0.16" in " ".join(long.split())
    assert "holds only 70 letters" in long


def test_markup_in_words_is_text(as_owner: Client, service: Service) -> None:
    sent = {"subject": "x", "body": "<script>alert(1)</script>\n<b>hola</b>", "do": "look"}
    page = as_owner.post(f"{WORDS}email/", sent).text
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;hola&lt;/b&gt;" in page


# --- quiet hours ----------------------------------------------------------------------------------


def test_quiet_hours_are_kept_and_taken_away(
    as_owner: Client, business: Business, scope: None
) -> None:
    page = f"{PLAN}quiet/"
    assert 'value="21:00"' in as_owner.get(page).text
    sent = {"quiet_from_minute": "22:30", "quiet_until_minute": "07:00", "balance_low_at": "2"}
    assert as_owner.post(page, sent)["location"] == PLAN
    row = MessagePolicy.objects.get()
    assert (row.quiet_from_minute, row.quiet_until_minute, row.balance_low_at) == (1350, 420, 2)
    as_owner.post(page, {**sent, "quiet_from_minute": "", "quiet_until_minute": ""})
    assert "reminders may come at night" in as_owner.get(PLAN).text
    refused = as_owner.post(page, {**sent, "quiet_until_minute": "22:30"})
    assert refused.status_code == 422
    assert "Quiet hours end at another time" in refused.text


# --- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [PLAN, f"{NEW}?kind=reminder", f"{PLAN}quiet/", f"{WORDS}sms/", f"{SETTINGS}texts/"])  # fmt: skip
def test_only_owners_come_in(
    as_desk: Client, as_professional: Client, as_outsider: Client, address: str
) -> None:
    for browser in (as_desk, as_professional, as_outsider):
        assert browser.get(address).status_code in {403, 404}


def test_the_front_page_names_them(as_owner: Client, business: Business) -> None:
    page = as_owner.get(SETTINGS).text
    for name in ("settings-messages", "settings-texts", "settings-quiet-hours"):
        assert reverse(f"desk:{name}", args=[business.slug]) in page


def test_a_copied_business_says_that_it_is_silent_and_is_switched_on_with_one_press(
    as_owner: Client, business: Business, awake: None
) -> None:
    MessagePolicy.objects.create(business=business, held_since=NOW)
    assert "Nothing is sent about appointments yet" in as_owner.get(PLAN).text
    assert as_owner.post(PLAN, {"do": "switch-on"}).status_code == 302
    assert MessagePolicy.objects.get().held_since is None
    assert "Nothing is sent about appointments yet" not in as_owner.get(PLAN).text
