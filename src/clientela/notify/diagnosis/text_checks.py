"""The second option of the article: texts, from the gateway to the word STOP."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from clientela.notify.diagnosis.facts import Facts, has_stopped, to_resend
from clientela.notify.diagnosis.finding import (
    STAFF_ONLY,
    Answer,
    Check,
    Fix,
    Group,
    cannot_know,
    failed,
    passed,
)
from clientela.notify.diagnosis.way_out import down
from clientela.notify.models import Reason, SenderKind, Trouble
from clientela.notify.reach import SMS
from clientela.people.models import NotifyBy
from clientela.people.phones import NumberKind
from clientela.rules.near_miss import is_near_miss

# What arrived within this time speaks for the number today.
STILL_TRUE_FOR: Final = timedelta(days=60)


def business_sends_texts(facts: Facts) -> Answer:
    """Whether the business has a gateway; where nobody expects texts, that it has none is no fault."""
    if facts.gateway is not None:
        return passed(sender=facts.gateway.sender)
    wanted = facts.asked == SMS or facts.wishes.notify_by is NotifyBy.EMAIL_AND_SMS
    return failed(fixes=(Fix.GATEWAY,)) if wanted else passed("none")


def gateway_takes_texts(facts: Facts) -> Answer:
    """Whether the gateway answers, and took ours."""
    if facts.gateway is None:
        return cannot_know("no-gateway")
    if facts.gateway.failure:
        return failed("down", fixes=(Fix.GATEWAY,), bears=facts.texts_matter)
    is_down = down(facts, channel=SMS, bears=facts.texts_matter)
    return is_down or _by_lines(facts, Reason.PROVIDER_ERROR)


def month_has_money_left(facts: Facts) -> Answer:
    """Whether what the business set aside for this month's texts is used up."""
    if facts.gateway is None:
        return cannot_know("no-gateway")
    if facts.gateway.is_capped:
        return failed(fixes=(Fix.GATEWAY,), bears=facts.texts_matter)
    return passed()


def country_is_allowed(facts: Facts) -> Answer:
    """Whether the business writes to numbers of that country."""
    if facts.gateway is None or not facts.phone.number:
        return cannot_know("no-gateway" if facts.gateway is None else "no-number")
    if facts.gateway.is_country_off:
        return failed(fixes=(Fix.GATEWAY,), bears=facts.texts_matter, number=facts.phone.number)
    return passed()


def number_has_room_today(facts: Facts) -> Answer:
    """Whether the number had its texts of the day."""
    found = facts.with_reason(Reason.POLICY_GATE, channel=SMS, because="number-limit")
    return failed(fixes=(Fix.SEND_AGAIN,), messages=to_resend(found)) if found else passed()


def there_is_a_number(facts: Facts) -> Answer:
    """Whether there is a number to write to; where no texts are wanted, none is needed."""
    if facts.phone.number:
        return passed(number=facts.phone.number)
    return failed(fixes=(Fix.CORRECT_NUMBER,)) if facts.texts_matter else passed("unneeded")


def number_exists(facts: Facts) -> Answer:
    """Whether anybody could have that number; a carrier's word counts more than the numbering plan's."""
    phone = facts.phone
    if not phone.number:
        return cannot_know("no-number")
    if phone.trouble is Trouble.INVALID:
        fixes = (Fix.CORRECT_NUMBER, Fix.OPEN_NUMBER)
        return failed("carrier", fixes=fixes, bears=facts.texts_matter, number=phone.number)
    if phone.kind is NumberKind.INVALID:
        return failed(fixes=(Fix.CORRECT_NUMBER,), bears=facts.texts_matter, number=phone.number)
    return passed(number=phone.number)


def number_is_mobile(facts: Facts) -> Answer:
    """Mobile, landline, or cannot tell: in some countries the number alone does not say (S4.6)."""
    phone = facts.phone
    if not phone.number:
        return cannot_know("no-number")
    if phone.trouble is Trouble.LANDLINE:
        fixes = (Fix.CORRECT_NUMBER, Fix.OPEN_NUMBER)
        return failed("carrier", fixes=fixes, bears=facts.texts_matter, number=phone.number)
    if phone.delivered_at is not None:
        return passed("arrived", number=phone.number, at=phone.delivered_at)
    if phone.kind is NumberKind.LANDLINE:
        return failed(fixes=(Fix.CORRECT_NUMBER,), bears=facts.texts_matter, number=phone.number)
    if phone.kind is NumberKind.MOBILE:
        return passed(number=phone.number)
    return cannot_know(number=phone.number, fixes=(Fix.TEST_TEXT,))


def number_is_still_theirs(facts: Facts) -> Answer:
    """Only the person knows whether the number changed, unless a text arrived a short while ago."""
    phone = facts.phone
    if not phone.number:
        return cannot_know("no-number")
    if phone.delivered_at is not None and facts.now - phone.delivered_at <= STILL_TRUE_FOR:
        return passed(number=phone.number, at=phone.delivered_at)
    return cannot_know(number=phone.number, fixes=(Fix.TEST_TEXT, Fix.CORRECT_NUMBER))


def number_is_typed_right(facts: Facts) -> Answer:
    """Hold the number of the booking against those on the card."""
    phone = facts.phone
    if not phone.number:
        return cannot_know("no-number")
    near = next((one for one in phone.others if is_near_miss(one, phone.number)), "")
    other = phone.used if is_near_miss(phone.used, phone.number) else near
    if other and phone.used:
        return failed(
            fixes=(Fix.CORRECT_NUMBER,),
            bears=facts.texts_matter,
            used=phone.used,
            card=phone.number if phone.used != phone.number else other,
        )
    if not phone.used:
        return passed("card", number=phone.number)
    if phone.used == phone.number:
        return passed(number=phone.number)
    return cannot_know("two", fixes=(Fix.CORRECT_NUMBER,), used=phone.used, card=phone.number)


def phone_is_reached(facts: Facts) -> Answer:
    """Whether the carrier could not reach the phone."""
    phone = facts.phone
    if phone.trouble is Trouble.BOUNCED:
        fixes = (Fix.CORRECT_NUMBER, Fix.OPEN_NUMBER)
        return failed("gone", fixes=fixes, bears=facts.texts_matter, number=phone.number)
    return _by_lines(facts, Reason.BOUNCED_SOFT)


def sender_is_let_through(facts: Facts) -> Answer:
    """What the reader sees as the sender: some phone companies filter some kinds."""
    if facts.gateway is None:
        return cannot_know("no-gateway")
    sender = facts.gateway.sender
    match facts.gateway.kind:
        case SenderKind.TOLL_FREE:
            return cannot_know("toll-free", fixes=(Fix.ASK_CARRIER,), sender=sender)
        case SenderKind.NAME:
            return passed("name", sender=sender)
    return passed(sender=sender)


def no_carrier_filtered_it(facts: Facts) -> Answer:
    """Whether a phone company said that it kept a text back; most do so without a word."""
    found = facts.with_reason(Reason.CARRIER_FILTERED, channel=SMS)
    if found:
        fixes = (Fix.ASK_CARRIER, Fix.SEND_AGAIN)
        return failed(fixes=fixes, messages=to_resend(found), bears=facts.texts_matter)
    if facts.phone.delivered_at is not None:
        return passed(at=facts.phone.delivered_at)
    return cannot_know(fixes=(Fix.ASK_CARRIER,))


def number_has_not_stopped(facts: Facts) -> Answer:
    """Whether the person sent STOP; only they take that back, by START."""
    phone, gateway = facts.phone, facts.gateway
    if not phone.number:
        return cannot_know("no-number")
    if not has_stopped(phone):
        return passed(number=phone.number)
    can_answer = gateway is not None and gateway.can_be_answered
    fixes = (Fix.START_WORDS, Fix.MAIL_START) if can_answer else (Fix.OPEN_NUMBER,)
    return failed(
        fixes=fixes,
        bears=facts.texts_matter,
        number=phone.number,
        since=phone.since,
        sender=gateway.sender if gateway else "",
    )


def answers_are_read(facts: Facts) -> Answer:
    """Whether the client wrote back, and nobody has opened it: it may say why."""
    unread = facts.gateway.unread if facts.gateway else 0
    return cannot_know(fixes=(Fix.INBOX,)) if unread else passed()


def _by_lines(facts: Facts, reason: Reason) -> Answer:
    found = facts.with_reason(reason, channel=SMS)
    if not found:
        return passed()
    return failed(fixes=(Fix.SEND_AGAIN,), messages=to_resend(found), bears=facts.texts_matter)


_G: Final = Group.TEXT
CHECKS: Final = (
    Check("texts-sent", _G, ("S4.9",), business_sends_texts),
    Check("text-gateway", _G, ("S4.9",), gateway_takes_texts),
    Check("text-money", _G, (), month_has_money_left),
    Check("text-country", _G, (), country_is_allowed),
    Check("text-limit", _G, (), number_has_room_today),
    Check("text-number", _G, ("S4.6",), there_is_a_number),
    Check("text-number-exists", _G, ("S4.6",), number_exists),
    Check("text-mobile", _G, ("S4.6",), number_is_mobile),
    Check("number-current", _G, ("S4.7",), number_is_still_theirs),
    Check("number-typed-right", _G, ("S4.8",), number_is_typed_right),
    Check("phone-reached", _G, ("S4.7",), phone_is_reached),
    Check("text-sender", _G, ("S4.9",), sender_is_let_through),
    Check("text-not-filtered", _G, ("S4.9", "S4.10"), no_carrier_filtered_it),
    Check("text-not-stopped", _G, ("S4.11", "S4.12"), number_has_not_stopped),
    Check("answers-read", _G, ("S4.13",), answers_are_read, STAFF_ONLY),
)
