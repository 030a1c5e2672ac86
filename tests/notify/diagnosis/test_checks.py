"""The matrix of faults over plain facts: each makes the right check the first to fail, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.notify.diagnosis.healthy import HEALTHY, NOW, line, with_

from clientela.notify.decisions import LINE_DOWN
from clientela.notify.diagnosis.causes import cause_of
from clientela.notify.diagnosis.diagnose import CHECKS, examine
from clientela.notify.diagnosis.facts import Facts
from clientela.notify.diagnosis.finding import Fix, Group, Reader, Verdict
from clientela.notify.models import Reason, SenderKind, Trouble
from clientela.people.models import NotifyBy
from clientela.people.phones import NumberKind
from clientela.rules.sender_records import State
from clientela.rules.zone_choice import ZoneMode, ZoneSource

pytestmark = pytest.mark.sqlite  # plain values: no database is asked

E, S, P = "email", "sms", "push"


def lines(*wanted: object) -> Facts:
    return replace(HEALTHY, lines=wanted)


FAULTS: dict[str, tuple[Facts, str]] = {
    "a backup was restored": (with_("running", held_since=NOW), "sending-released"),
    "the worker is dead": (with_("running", worker_is_alive=False), "worker-alive"),
    "the worker was dead": (lines(line(Reason.SCHEDULER_DOWN)), "worker-alive"),
    "nobody knows whether it left": (lines(line(Reason.UNKNOWN)), "outcome-known"),
    "no e-mail": (with_("mailbox", address="", used=""), "email-address"),
    "a provider's name mistyped": (
        with_("mailbox", address="ana@gmial.com", used=""),
        "email-typed-right",
    ),
    "an address that is not quite the booking's": (
        with_("mailbox", used="anna@example.com"),
        "email-typed-right",
    ),
    "mail came back": (with_("mailbox", trouble=Trouble.BOUNCED), "email-accepted"),
    "a complaint": (with_("mailbox", trouble=Trouble.COMPLAINED), "email-welcome"),
    "a full mailbox": (lines(line(Reason.BOUNCED_SOFT)), "email-mailbox"),
    "taken for spam": (lines(line(Reason.CARRIER_FILTERED)), "email-not-filtered"),
    "the mail server refused": (lines(line(Reason.PROVIDER_ERROR)), "mail-server"),
    "the mail server is down": (
        lines(line(Reason.QUEUED, because=LINE_DOWN)),
        "mail-server",
    ),
    "the mail server was down": (
        lines(line(Reason.PROVIDER_ERROR, because=LINE_DOWN)),
        "mail-server",
    ),
    "too many mails": (lines(line(Reason.POLICY_GATE, because="mail-budget")), "email-budget"),
    "no SPF": (
        replace(HEALTHY, domains=(replace(HEALTHY.domains[0], spf=State.FAIL),)),
        "email-domains",
    ),
    "no DMARC": (
        replace(HEALTHY, domains=(replace(HEALTHY.domains[0], dmarc=State.FAIL),)),
        "email-domains",
    ),
    "no gateway": (replace(HEALTHY, gateway=None), "texts-sent"),
    "the gateway is down": (with_("gateway", failure="401"), "text-gateway"),
    "the gateway is out of reach": (
        lines(line(Reason.QUEUED, channel=S, because=LINE_DOWN)),
        "text-gateway",
    ),
    "the gateway refused": (
        lines(line(Reason.PROVIDER_ERROR, channel=S)),
        "text-gateway",
    ),
    "the month is spent": (with_("gateway", is_capped=True), "text-money"),
    "a country switched off": (with_("gateway", is_country_off=True), "text-country"),
    "three texts today": (
        lines(line(Reason.POLICY_GATE, channel=S, because="number-limit")),
        "text-limit",
    ),
    "no number": (with_("phone", number="", used=""), "text-number"),
    "a number nobody has": (with_("phone", kind=NumberKind.INVALID), "text-number-exists"),
    "a number the carrier does not know": (
        with_("phone", trouble=Trouble.INVALID),
        "text-number-exists",
    ),
    "a landline": (with_("phone", kind=NumberKind.LANDLINE, delivered_at=None), "text-mobile"),
    "a landline, says the carrier": (with_("phone", trouble=Trouble.LANDLINE), "text-mobile"),
    "a digit mistyped": (with_("phone", used="+34600000013"), "number-typed-right"),
    "two digits swapped": (
        with_("phone", others=("+34600000021",)),
        "number-typed-right",
    ),
    "the phone is out of reach": (lines(line(Reason.BOUNCED_SOFT, channel=S)), "phone-reached"),
    "the number is gone": (with_("phone", trouble=Trouble.BOUNCED), "phone-reached"),
    "filtered by the carrier": (
        lines(line(Reason.CARRIER_FILTERED, channel=S)),
        "text-not-filtered",
    ),
    "STOP": (with_("phone", trouble=Trouble.STOPPED), "text-not-stopped"),
    "the notice was refused": (lines(line(Reason.PROVIDER_ERROR, channel=P)), "push-taken"),
    "the notice service is down": (
        lines(line(Reason.QUEUED, channel=P, because=LINE_DOWN)),
        "push-taken",
    ),
    "a zone nobody knows": (with_("zones", place="Mars/Olympus"), "place-zone"),
    "the clocks changed under it": (with_("zones", promise_holds=False), "place-zone"),
    "booked while travelling": (with_("zones", device="Asia/Tokyo"), "device-zone"),
    "read while travelling": (with_("zones", reader="Asia/Tokyo"), "reader-device"),
    "booked too close": (lines(line(Reason.TOO_CLOSE)), "booked-in-time"),
    "another zone in the profile": (
        with_("zones", profile="Europe/London", told_from=ZoneSource.PROFILE),
        "profile-zone",
    ),
    "the night": (lines(line(Reason.QUIET_HOURS, channel=S)), "quiet-hours"),
    "no messages wanted": (with_("wishes", notify_by=NotifyBy.NONE), "channel-chosen"),
    "not activated": (with_("wishes", gate=Reason.NOT_ACTIVATED), "activated"),
    "not proved": (with_("wishes", gate=Reason.POLICY_GATE), "address-proved"),
    "nothing agreed": (with_("wishes", consented=None), "consent-kept"),
    "switched off": (lines(line(Reason.RULE_DISABLED)), "rule-on"),
}


@pytest.mark.req("S4.28")
@pytest.mark.parametrize(("facts", "check"), FAULTS.values(), ids=list(FAULTS))
def test_each_fault_makes_the_right_check_the_first_to_fail_and_no_other(
    facts: Facts, check: str
) -> None:
    found = examine(facts, reader=Reader.STAFF)
    assert found.cause is not None
    assert found.cause.check == check
    assert found.cause.fixes or check == "reader-device"
    failing = {one.check for one in found.findings if one.verdict is Verdict.FAIL}
    assert failing == {check}


@pytest.mark.req("S4.28")
def test_with_nothing_wrong_every_check_is_reported_and_none_fails() -> None:
    found = examine(HEALTHY, reader=Reader.STAFF)
    assert [one.check for one in found.findings] == [check.name for check in CHECKS]
    assert found.cause is None
    unknown = {one.check for one in found.findings if one.verdict is Verdict.UNKNOWN}
    assert unknown == {"email-folders"}  # nobody looks into another's mailbox


def test_every_row_of_the_article_has_a_check() -> None:
    answered = {row for check in CHECKS for row in check.rows}
    article = {f"S4.{number}" for number in range(3, 26)}
    assert article <= answered


def test_check_names_are_unique_and_in_the_order_of_the_article() -> None:
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    groups = [check.group for check in CHECKS]
    assert groups == sorted(groups, key=list(Group).index)


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("channel", [E, S, P])
def test_every_reason_of_the_trace_leads_to_a_check(reason: Reason, channel: str) -> None:
    names = {check.name for check in CHECKS}
    cause = cause_of(channel, reason)
    assert (cause in names) != (reason is Reason.QUEUED)
    assert cause_of(channel, Reason.POLICY_GATE, "no-consent") == "consent-kept"


def test_the_line_that_the_cause_kept_away_is_named() -> None:
    missed = line(Reason.TOO_CLOSE)
    found = examine(lines(line(), missed), reader=Reader.CLIENT)
    assert found.missed == missed


def test_a_landline_is_said_but_is_no_cause_where_no_texts_are_wanted() -> None:
    facts = replace(
        with_("phone", kind=NumberKind.LANDLINE, delivered_at=None),
        wishes=replace(HEALTHY.wishes, notify_by=NotifyBy.EMAIL),
    )
    found = examine(facts, reader=Reader.STAFF)
    assert found.cause is None
    mobile = next(one for one in found.findings if one.check == "text-mobile")
    assert (mobile.verdict, mobile.is_cause) == (Verdict.FAIL, False)
    asked = examine(replace(facts, asked=S), reader=Reader.STAFF)
    assert asked.cause is not None
    assert asked.cause.check == "text-mobile"


def test_who_asks_for_a_text_and_chose_email_alone_is_told_so() -> None:
    facts = replace(with_("wishes", notify_by=NotifyBy.EMAIL), asked=S)
    found = examine(facts, reader=Reader.CLIENT)
    assert found.cause is not None
    assert (found.cause.check, found.cause.fixes) == ("channel-chosen", (Fix.CHOOSE_BOTH,))
    assert not [one for one in found.findings if one.group is Group.EMAIL]


def test_a_client_is_not_told_what_only_concerns_the_desk() -> None:
    facts = with_("gateway", unread=2)
    staff = {one.check for one in examine(facts, reader=Reader.STAFF).findings}
    client = {one.check for one in examine(facts, reader=Reader.CLIENT).findings}
    assert staff - client == {"answers-read"}


def test_where_the_number_does_not_say_mobile_or_landline_nobody_pretends() -> None:
    facts = with_("phone", kind=NumberKind.UNKNOWN, delivered_at=None)
    mobile = answer(facts, "text-mobile")
    assert mobile == Verdict.UNKNOWN
    assert answer(with_("phone", kind=NumberKind.UNKNOWN), "text-mobile") == Verdict.PASS


def test_a_toll_free_sender_may_be_filtered_and_only_the_carrier_knows() -> None:
    assert answer(with_("gateway", kind=SenderKind.TOLL_FREE), "text-sender") == Verdict.UNKNOWN


def test_a_zone_that_reads_the_same_hour_is_no_contradiction() -> None:
    facts = with_("zones", profile="Europe/Paris", told_from=ZoneSource.PROFILE)
    assert answer(facts, "profile-zone") == Verdict.PASS


def test_a_zone_chosen_when_booking_is_the_clients_own_affair() -> None:
    facts = with_("zones", booking="Europe/London", told_from=ZoneSource.BOOKING)
    assert answer(facts, "booking-zone") == Verdict.UNKNOWN
    locked = with_("zones", booking="Europe/London", mode=ZoneMode.LOCKED)
    assert answer(locked, "booking-zone") == Verdict.PASS


def test_a_host_of_ones_own_is_to_be_asked() -> None:
    assert answer(with_("mailbox", address="ana@uni.example", used=""), "email-host") == "unknown"


def answer(facts: Facts, check: str) -> Verdict:
    found = examine(facts, reader=Reader.STAFF).findings
    return next(one.verdict for one in found if one.check == check)
