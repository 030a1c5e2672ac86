"""Letters: every rule in every language, and nothing of what strangers type does anything."""

from __future__ import annotations

import email
import re
from datetime import timedelta
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st
from tests.factories import make_account

from clientela.booking.links import manage_url, token_of
from clientela.booking.models import Status
from clientela.business.models import BookingPolicy
from clientela.notify.channels.email.parcel import compose
from clientela.notify.letter import write_letter
from clientela.notify.models import Message, Recipient, Rule
from clientela.notify.safe_text import BREAK
from clientela.notify.wording import WORDS

pytestmark = pytest.mark.django_db

NOT_ABOUT_A_TIME = {Rule.FOLLOW_UP, Rule.BALANCE_LOW}
STAFF_RULES = [rule for rule in Rule if rule.startswith("staff-")]


@pytest.fixture
def make_message(appointment, now):
    def make(rule=Rule.CONFIRMATION, *, language="en", zone="Europe/Madrid", **facts) -> Message:
        is_staff = rule in STAFF_RULES
        return Message(
            business=appointment.business,
            appointment=appointment,
            occurrence=appointment.sequence,
            rule=rule,
            recipient=Recipient.DESK if is_staff else Recipient.CLIENT,
            recipient_id=appointment.client_id,
            channel="email",
            reason="queued",
            address="ana@example.com",
            language=language,
            zone=zone,
            message_id="<1@x>",
            facts={
                "by": "guest",
                "previous_starts_at": (now + timedelta(days=1)).isoformat(),
                **facts,
            },
            due_at=now,
        )

    return make


def parsed(message: Message, now) -> email.message.EmailMessage:
    return email.message_from_bytes(compose(message, now=now).source, policy=default)


def test_every_rule_has_its_words():
    assert set(WORDS) == set(Rule)


@pytest.mark.parametrize("language", ["es", "it", "en"])
@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_reads_whole_in_every_language(make_message, now, rule, language):
    letter = write_letter(make_message(rule, language=language))
    for words in (letter.subject, letter.headline, letter.sentence, letter.why):
        assert words
        assert "%(" not in words
    if rule not in NOT_ABOUT_A_TIME:
        assert "17:30" in letter.subject
        assert "Madrid" in letter.subject
    assert "CET" in letter.zone
    mail = parsed(make_message(rule, language=language), now)
    assert mail["Content-Language"] == language
    assert letter.headline.replace(BREAK, "") in mail.get_body(("plain",)).get_content().replace(
        BREAK, ""
    )


@pytest.mark.parametrize("language", ["es", "it"])
@pytest.mark.parametrize("rule", list(Rule))
def test_no_english_is_left_in_a_translated_letter(make_message, rule, language):
    english = write_letter(make_message(rule))
    other = write_letter(make_message(rule, language=language))
    for field in ("headline", "sentence", "button", "why", "date"):
        assert getattr(english, field) != getattr(other, field), field
    assert {label for label, _ in english.rows}.isdisjoint({label for label, _ in other.rows})


@pytest.mark.parametrize(
    ("rule", "facts", "said"),
    [
        (Rule.CANCELLATION, {"by": "guest"}, "You cancelled"),
        (Rule.CANCELLATION, {"by": "staff"}, "Fisio Norte has cancelled"),
        (Rule.CANCELLATION, {"by": "api"}, "Fisio Norte has cancelled"),
        (Rule.REQUEST_DECLINED, {"by": "staff", "because": "declined"}, "could not accept"),
        (Rule.REQUEST_DECLINED, {"by": "system", "because": "not-answered"}, "Nobody answered"),
        (Rule.CHANGE, {}, "Before, it was Mon 23 Nov, 11:00, Madrid time (CET)"),
    ],
)
def test_the_sentence_says_what_the_event_knows(make_message, rule, facts, said):
    assert said in write_letter(make_message(rule, **facts)).sentence


def test_the_button_of_the_client_is_the_manage_link_and_of_the_staff_the_desk(
    make_message, appointment
):
    assert write_letter(make_message()).link == manage_url(appointment)
    assert "/desk/fisio/?day=2026-11-24" in write_letter(make_message(Rule.STAFF_BOOKED)).link
    assert write_letter(make_message(Rule.CANCELLATION)).link.endswith("/fisio/")


def test_the_staff_never_get_the_clients_link(make_message, appointment, now):
    source = compose(make_message(Rule.STAFF_BOOKED), now=now).source
    assert manage_url(appointment).encode() not in source
    assert b"text/calendar" not in source


@pytest.mark.req("AUT-03")
def test_links_lead_to_the_configured_address(make_message, settings):
    settings.PUBLIC_URL = "https://booking.example"
    assert write_letter(make_message()).link.startswith("https://booking.example/fisio/a/")


def test_a_reader_in_another_zone_reads_both_times(make_message):
    letter = write_letter(make_message(zone="America/New_York"))
    assert letter.time.startswith("11:30")
    assert letter.elsewhere == "At the place: Tue 24 Nov, 17:30, Madrid time (CET)"
    assert write_letter(make_message()).elsewhere == ""


def test_a_remote_appointment_has_no_place_to_go_to(make_message, appointment):
    appointment.service.is_remote = True
    letter = write_letter(make_message(zone="America/New_York"))
    assert (letter.place, letter.elsewhere) == ("Online", "")


def test_a_card_without_a_name_is_greeted_without_one(make_message, appointment):
    appointment.client.record_name = ""
    assert write_letter(make_message()).headline == "See you on Tuesday"


def test_a_doubled_hour_says_which_of_the_two(make_message, appointment):
    from datetime import UTC, datetime  # noqa: PLC0415 -- one use

    appointment.starts_at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    appointment.ends_at = appointment.starts_at + timedelta(minutes=45)
    assert "02:30 (again, CET)" in write_letter(make_message()).subject


# --- the invitation to an account ----------------------------------------------------------


@pytest.mark.req("S2.3", "L16")
@pytest.mark.parametrize("rule", [Rule.CONFIRMATION, Rule.REQUEST_RECEIVED])
@pytest.mark.parametrize("mode", ["optional", "required"])
def test_a_guest_is_invited_to_an_account_that_has_this_booking(
    appointment, make_message, now, rule, mode
):
    BookingPolicy.objects.update(client_login=mode)
    letter = write_letter(make_message(rule))
    wanted = f"/client/create-account?booking={token_of(appointment)}&business=fisio"
    assert letter.join_link.endswith(wanted)
    assert letter.link == manage_url(appointment), "the manage link stays the one button"
    mail = parsed(make_message(rule), now)
    assert wanted in mail.get_body(("plain",)).get_content()
    assert wanted.replace("&", "&amp;") in mail.get_body(("html",)).get_content()


def test_who_has_an_account_or_cannot_have_one_is_not_invited(appointment, make_message, now):
    others = [rule for rule in Rule if rule not in {Rule.CONFIRMATION, Rule.REQUEST_RECEIVED}]
    assert {write_letter(make_message(rule)).join_link for rule in others} == {""}
    BookingPolicy.objects.update(client_login="off")
    assert write_letter(make_message()).join_link == ""
    BookingPolicy.objects.update(client_login="optional")
    appointment.client.account = make_account("ana@example.com", "Ana")
    assert write_letter(make_message()).join_link == ""


# --- hostile text ------------------------------------------------------------------------


class Seen(HTMLParser):
    """What a mail program would make of the HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        found = dict(attrs)
        assert not any(name.startswith("on") for name in found)
        if tag == "a":
            self.links.append(found["href"])

    def handle_data(self, data):
        self.words.append(data)


HOSTILE = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            "\r\nBcc: evil@example.com",
            "a\nContent-Type: text/html",
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "<a href='http://evil.example'>Pay here</a>",
            "http://evil.example/pay",
            "www.evil.example",
            "{{ settings.SECRET_KEY }} {% debug %}",
            "%(business)s %s",
            "=?utf-8?q?evil?=",
            "\u202egnp.exe",
            "x" * 300,
            "\x00\x1b[31m",
        ]
    ),
)


@pytest.mark.req("INJ-05", "INJ-06")
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=HOSTILE,
    note=HOSTILE,
    service=HOSTILE,
    business=HOSTILE,
    rule=st.sampled_from(list(Rule)),
)
def test_hostile_text_adds_no_header_no_recipient_no_element_and_no_link(
    appointment, make_message, now, name, note, service, business, rule
):
    calm = Seen()
    calm.feed(parsed(make_message(rule), now).get_body(("html",)).get_content())
    kept = (appointment.client.record_name, appointment.service.name, appointment.business.name)
    appointment.client.record_name, appointment.client_note = name, note
    appointment.service.name, appointment.business.name = service, business
    try:
        mail = parsed(make_message(rule), now)
    finally:
        appointment.client.record_name, appointment.service.name, appointment.business.name = kept
        appointment.client_note = ""
    names = [header.lower() for header, _ in mail.items()]
    assert len(names) == len(set(names))
    assert "bcc" not in names
    assert [str(one) for one in mail["To"].addresses] == ["ana@example.com"]
    assert len(mail["From"].addresses) == 1
    seen = Seen()
    seen.feed(mail.get_body(("html",)).get_content())
    assert set(seen.tags) == set(calm.tags)
    assert seen.links == calm.links
    assert "evil" not in "".join(seen.links)
    # What the business itself is called stands where it belongs, whatever a client typed.
    ours = (service, business)
    typed = [word for word in (name, note) if word and not any(word in own for own in ours)]
    text = mail.get_body(("plain",)).get_content()
    for word in typed:
        if re.search(r"https?://\w|www\.\w", word) and rule in STAFF_RULES:
            assert word not in text


def test_the_html_has_no_image_no_script_and_no_remote_content(make_message, now):
    html = parsed(make_message(), now).get_body(("html",)).get_content()
    assert not re.search(r"<img|<script|<link|url\(|src=", html)
    assert 'name="color-scheme" content="light dark"' in html


def test_headers_tell_machines_not_to_answer(make_message, now):
    mail = parsed(make_message(), now)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == "<1@x>"
    assert mail["Reply-To"].addresses[0].addr_spec == "mostrador@example.org"


@pytest.mark.parametrize(
    "address",
    ['"odd local"@example.com', "ana+fisio@example.com", "ana@xn--espaa-rta.example"],
)
def test_odd_addresses_stay_one_recipient(make_message, now, address):
    message = make_message()
    message.address = address
    mail = parsed(message, now)
    assert [one.addr_spec for one in mail["To"].addresses] == [address]


def test_a_cancelled_appointments_file_cancels(make_message, appointment, now):
    appointment.status = Status.CANCELLED
    (file,) = parsed(make_message(Rule.CANCELLATION), now).iter_attachments()
    assert file.get_filename() == "appointment.ics"
    assert "METHOD:CANCEL" in file.get_content()
