"""The fourth option of the article: what the client chose, and what they may hear."""

from __future__ import annotations

from typing import Final

from clientela.notify.diagnosis.facts import Facts, has_stopped
from clientela.notify.diagnosis.finding import (
    Answer,
    Check,
    Fix,
    Group,
    cannot_know,
    failed,
    passed,
)
from clientela.notify.models import Reason
from clientela.notify.queries.held_copies import HELD_COPY
from clientela.notify.reach import SMS
from clientela.people.models import NotifyBy


def the_way_is_chosen(facts: Facts) -> Answer:
    """E-mail, e-mail and text, or nothing. Whether somebody with e-mail alone expected a text, only they know."""
    match facts.wishes.notify_by:
        case NotifyBy.NONE:
            return failed("none", fixes=(Fix.CHOOSE_EMAIL, Fix.CHOOSE_BOTH))
        case NotifyBy.EMAIL_AND_SMS:
            return passed("both")
    if facts.asked == SMS:
        return failed("email", fixes=(Fix.CHOOSE_BOTH,))
    if facts.gateway is not None and not facts.asked:
        return cannot_know("email", fixes=(Fix.CHOOSE_BOTH,))
    return passed("email")


def gate_is_open(facts: Facts) -> Answer:
    """Whether the business's setting wants an activated account first."""
    wishes = facts.wishes
    if wishes.gate is Reason.NOT_ACTIVATED:
        word = "has-account" if wishes.has_account else ""
        return failed(word, fixes=(Fix.WELCOME, Fix.GATE), since=wishes.welcomed_at)
    return passed("active" if wishes.is_activated else "")


def address_is_proved(facts: Facts) -> Answer:
    """Whether the business's setting wants a proved address first."""
    if facts.wishes.gate is Reason.POLICY_GATE:
        fixes = (Fix.PROVE, Fix.WELCOME, Fix.GATE)
        return failed(fixes=fixes, address=facts.mailbox.address)
    return passed("proved" if facts.mailbox.is_proved else "")


def they_agreed(facts: Facts) -> Answer:
    """Whether a statement of the client's allows messages: without one nothing may leave."""
    wishes = facts.wishes
    if wishes.notify_by is NotifyBy.NONE:
        return cannot_know("none-wanted")
    if wishes.consented in {None, NotifyBy.NONE}:
        return failed(fixes=(Fix.CHOOSE_EMAIL, Fix.CHOOSE_BOTH))
    wants_texts = wishes.notify_by is NotifyBy.EMAIL_AND_SMS
    if wants_texts and wishes.consented is NotifyBy.EMAIL and not has_stopped(facts.phone):
        return failed("texts", fixes=(Fix.CHOOSE_BOTH,), bears=facts.texts_matter)
    return passed(at=wishes.consented_at, how=wishes.consented_how)


def the_message_is_switched_on(facts: Facts) -> Answer:
    """Whether the business's plan has this message, by this way; that there is no gateway, or that nothing leaves a copy, others say."""
    found = [
        line
        for line in facts.with_reason(Reason.RULE_DISABLED)
        if line.because not in {"no-gateway", HELD_COPY}
    ]
    if not found:
        return passed()
    line = max(found, key=lambda one: one.at)
    return failed(fixes=(Fix.RULES,), rule=line.rule, timing=line.timing, channel=line.channel)


def it_was_told_once(facts: Facts) -> Answer:
    """What another message says already is not said again: a series is told with its first date."""
    return passed("series" if facts.with_reason(Reason.DUPLICATE_SUPPRESSED) else "")


def nothing_overtook_it(facts: Facts) -> Answer:
    """A message that had ceased to be true was not sent; a newer one tells how it is."""
    gone = facts.with_reason(Reason.SUPERSEDED, Reason.CANCELLED_BEFORE_SEND)
    return passed("overtaken" if gone else "")


_G: Final = Group.CHOICE
CHECKS: Final = (
    Check("channel-chosen", _G, ("S4.25", "S4.26"), the_way_is_chosen),
    Check("activated", _G, ("S1.43",), gate_is_open),
    Check("address-proved", _G, (), address_is_proved),
    Check("consent-kept", _G, (), they_agreed),
    Check("rule-on", _G, ("S4.1",), the_message_is_switched_on),
    Check("told-once", _G, (), it_was_told_once),
    Check("still-true", _G, (), nothing_overtook_it),
)
