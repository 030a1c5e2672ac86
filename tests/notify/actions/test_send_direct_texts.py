"""Texts that hang on no appointment leave once, are decided again when they do, and say what became of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW
from tests.notify.texting import (
    ANA,
    fault,
    make_gateway,
    make_texting_client,
    reasons,
    shown,
    trouble,
    work,
    writes,
)

from clientela.business.models import Business
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.actions.send_direct_text import send_direct_text
from clientela.notify.actions.send_direct_texts import LEASE, STALE_AFTER, send_direct_texts
from clientela.notify.errors import NoTextGateway, NumberStopped, NumberUnusable, TextEmpty
from clientela.notify.models import DirectText, Reason, SimulatedText, TextGateway, TextPurpose
from clientela.notify.text_budget import spent_in_month
from clientela.platform import failpoints
from clientela.platform.installation import hold_sending, release_sending

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(business: Business) -> TextGateway:
    make_texting_client(business)
    return make_gateway(business)


def queue(business: Business, body: str = "Hasta mañana", *, number: str = ANA) -> DirectText:
    return send_direct_text(
        business=business, number=number, body=body, purpose=TextPurpose.REPLY, now=NOW
    )


def close(business: Business, trouble: str) -> None:
    change_address_state(
        business_id=business.pk,
        channel="sms",
        address=ANA,
        trouble=trouble,
        because="staff",
        now=NOW,
    )


def test_a_text_leaves_is_counted_and_is_delivered_when_the_carrier_says_so(
    business: Business, gateway: TextGateway
) -> None:
    row = queue(business, "€" * 90)
    assert send_direct_texts(now=NOW) == 1
    row.refresh_from_db()
    assert (row.reason, row.segments, row.cost_minor, row.provider) == (
        "handed_over",
        2,
        16,
        "simulator",
    )
    assert row.provider_id.startswith("sim-")
    work()
    row.refresh_from_db()
    assert (row.reason, row.send_at) == (Reason.DELIVERED, None)
    assert spent_in_month(business_id=business.pk, now=NOW) == 16
    assert shown() == ["€" * 90]


@pytest.mark.parametrize(
    ("kind", "reason", "known"),
    [
        ("reject", "provider_error", ""),
        ("invalid", "invalid_number", "invalid"),
        ("opted-out", "opted_out", "stopped"),
        ("landline", "landline", "landline"),
        ("filtered", "carrier_filtered", ""),
        ("no-receipt", "handed_over", ""),
        ("lost-receipt", "unknown", ""),
        ("timeout-after-accept", "delivered", ""),  # the receipt settles it
        ("500", "unknown", ""),
    ],
)
def test_each_fault_ends_with_its_reason_and_the_number_remembers_it(
    business: Business, gateway: TextGateway, kind: str, reason: str, known: str
) -> None:
    fault(kind)
    queue(business)
    for hours in range(4):
        work(NOW + timedelta(hours=hours))
    assert [one for one, _ in reasons()] == [reason]
    assert trouble() == known
    assert len(shown()) <= 1


def test_a_busy_gateway_is_asked_again_and_takes_it_once(
    business: Business, gateway: TextGateway
) -> None:
    fault("429", times=2)
    row = queue(business)
    for minutes in range(6):
        work(NOW + timedelta(minutes=minutes))
    row.refresh_from_db()
    assert (row.reason, row.tries) == ("delivered", 3)
    assert len(shown()) == 1
    assert spent_in_month(business_id=business.pk, now=NOW) == 8
    gateway.refresh_from_db()
    assert (gateway.failure, gateway.failed_at) == ("", None)


def test_a_late_receipt_comes_after_ten_minutes(business: Business, gateway: TextGateway) -> None:
    fault("slow")
    queue(business)
    work()
    assert reasons()[0][0] == "handed_over"
    work(NOW + timedelta(minutes=10))
    assert reasons()[0][0] == "delivered"


@pytest.mark.req("MSG-04")
@pytest.mark.parametrize(
    ("place", "copies"),
    [
        ("notify.direct-text.begun", 0),
        ("notify.sms.answered", 1),
        ("notify.direct-text.handed-over", 1),
    ],
)
def test_a_worker_that_dies_leaves_an_unknown_text_that_never_leaves_twice(
    business: Business, gateway: TextGateway, place: str, copies: int
) -> None:
    queue(business)
    failpoints.arm(f"{place}=raise")
    try:
        with pytest.raises(failpoints.FailpointError):
            send_direct_texts(now=NOW)
    finally:
        failpoints.arm("")
    assert [one for one, _ in reasons()] == ["unknown"]
    later = NOW + LEASE + timedelta(minutes=1)
    assert send_direct_texts(now=later) == 1
    assert reasons() == [("unknown", "interrupted")]
    work(later + LEASE * 3)
    assert len(shown()) == copies
    # What the carrier says afterwards settles what nobody here could know.
    assert [one for one, _ in reasons()] == ["delivered" if copies else "unknown"]


@pytest.mark.req("MSG-11")
@pytest.mark.parametrize(
    ("trouble", "reason"),
    [("stopped", "opted_out"), ("landline", "landline"), ("invalid", "invalid_number")],
)
def test_what_the_number_became_while_the_text_waited_counts(
    business: Business, gateway: TextGateway, trouble: str, reason: str
) -> None:
    queue(business)
    close(business, trouble)
    work()
    assert [one for one, _ in reasons()] == [reason]
    assert shown() == []


def test_the_word_that_confirms_a_stop_leaves_and_nothing_after_it(
    business: Business, gateway: TextGateway
) -> None:
    queue(business)
    writes(gateway, "STOP")
    work()
    assert sorted(one for one, _ in reasons()) == ["delivered", "opted_out"]
    assert len(shown()) == 1
    with pytest.raises(NumberStopped):
        queue(business)


@pytest.mark.req("MSG-14")
def test_what_cannot_arrive_or_says_nothing_is_refused_on_the_spot(
    business: Business, gateway: TextGateway
) -> None:
    for number, kind in (
        ("+34912345678", "landline"),
        ("+34803123456", "invalid"),
        ("nobody", "invalid"),
    ):
        with pytest.raises(NumberUnusable) as refused:
            queue(business, number=number)
        assert refused.value.facts == {"kind": kind}
    with pytest.raises(TextEmpty):
        queue(business, " \x00 ")
    close(business, "landline")
    with pytest.raises(NumberUnusable):
        queue(business)
    TextGateway.objects.update(ended_at=NOW)
    with pytest.raises(NoTextGateway):
        queue(business)
    assert not DirectText.objects.exists()


def test_after_a_restore_everything_waits_until_somebody_lets_it_go(
    business: Business, gateway: TextGateway
) -> None:
    queue(business)
    hold_sending(now=NOW)
    assert send_direct_texts(now=NOW) == 0
    assert shown() == []
    release_sending()
    work()
    assert len(shown()) == 1


def test_an_answer_that_waited_half_a_day_is_not_sent_any_more(
    business: Business, gateway: TextGateway
) -> None:
    queue(business)
    work(NOW + STALE_AFTER)
    assert [one for one, _ in reasons()] == ["scheduler_down"]
    fault("429")
    queue(business)
    for hours in range(14):
        work(NOW + timedelta(hours=hours))
    assert [one for one, _ in reasons()][1] == "provider_error"
    assert shown() == []


def test_without_a_gateway_or_above_the_cap_it_says_why_it_stays(
    business: Business, gateway: TextGateway
) -> None:
    queue(business)
    TextGateway.objects.update(cap_minor=7)
    work()
    queue(business)
    TextGateway.objects.update(ended_at=NOW)
    work()
    assert reasons() == [("policy_gate", "monthly-cap"), ("policy_gate", "no-text-gateway")]
    assert spent_in_month(business_id=business.pk, now=NOW) == 0


def test_what_the_staff_write_is_not_limited_per_number_but_counts_in_the_cap(
    business: Business, gateway: TextGateway
) -> None:
    for number in range(6):
        queue(business, f"Mensaje {number}")
    TextGateway.objects.update(cap_minor=40)
    work()
    assert [one for one, _ in reasons()].count("delivered") == 5
    assert reasons()[-1] == ("policy_gate", "monthly-cap")


def test_a_gateway_whose_secrets_cannot_be_read_is_waited_for_and_says_so(
    business: Business, gateway: TextGateway
) -> None:
    TextGateway.objects.update(
        gateway="twilio", account="AC1", sealed="sealed with a key that is gone"
    )
    row = queue(business)
    work()
    row.refresh_from_db()
    assert (row.reason, row.detail) == ("queued", "secrets-unreadable")
    gateway.refresh_from_db()
    assert (gateway.failure, gateway.failed_at) == ("secrets-unreadable", NOW)


def test_a_number_in_a_country_that_is_off_gets_nothing(
    business: Business, gateway: TextGateway
) -> None:
    queue(business, number="+393471234567")
    work()
    assert reasons() == [("policy_gate", "country-off")]
    assert not SimulatedText.objects.exists()
