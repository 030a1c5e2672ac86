"""Pressing a way out: one action each, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _, override

from clientela.booking.models import Appointment
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.actions.mail_start import mail_start
from clientela.notify.actions.mail_trial import mail_trial
from clientela.notify.actions.send_again import send_again
from clientela.notify.actions.send_direct_text import send_direct_text
from clientela.notify.diagnosis.facts import Facts
from clientela.notify.diagnosis.finding import Fix
from clientela.notify.models import Message, Recipient, TextPurpose
from clientela.notify.reach import EMAIL, SMS
from clientela.people.actions.send_welcome import send_welcome
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, How, NotifyBy
from clientela.platform.actor import Actor

MOST_MESSAGES: Final = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """What was pressed, by whom, about whom. ``how`` is the occasion that a consent is kept with."""

    fix: Fix
    client: Client
    appointment: Appointment | None
    messages: Sequence[UUID]
    facts: Facts
    how: How
    because: str
    by: Actor
    now: datetime


def mend(press: Press) -> str:
    """Do what was pressed and return what is to be said; a ``Refusal`` says why it cannot be. In the business's scope."""
    return _ACTS[press.fix](press)


def _send_again(press: Press) -> str:
    """Queue the client's own messages among those named; one that was settled meanwhile is a refusal."""
    rows = Message.objects.filter(
        pk__in=press.messages[:MOST_MESSAGES],
        appointment__client=press.client,
        recipient=Recipient.CLIENT,
    )
    for message in rows:
        send_again(message=message, by=press.by, now=press.now)
    return _("It is on its way again. What becomes of it stands here within a minute.")


def _test_mail(press: Press) -> str:
    mail_trial(client=press.client, appointment=press.appointment, by=press.by, now=press.now)
    return _("A test is on its way to %(address)s.") % {"address": press.facts.mailbox.address}


def _test_text(press: Press) -> str:
    business = press.client.business
    with override(press.client.language or business.language):
        body = _("%(business)s: this is a test. You can read our texts.") % {
            "business": business.name
        }
    send_direct_text(
        business=business,
        number=press.facts.phone.number,
        body=body,
        purpose=TextPurpose.TEST,
        now=press.now,
    )
    return _("A test is on its way to %(number)s.") % {"number": press.facts.phone.number}


def _mail_start(press: Press) -> str:
    mail_start(client=press.client, appointment=press.appointment, by=press.by, now=press.now)
    return _("The link is on its way to %(address)s.") % {"address": press.facts.mailbox.address}


def _open_email(press: Press) -> str:
    _open(press, EMAIL, press.facts.mailbox.address)
    return _("The address is open again.")


def _open_number(press: Press) -> str:
    _open(press, SMS, press.facts.phone.number)
    return _("The number is open again.")


def _open(press: Press, channel: str, address: str) -> None:
    change_address_state(
        business_id=press.client.business_id,
        channel=channel,
        address=address,
        trouble="",
        because=press.because,
        now=press.now,
    )


def _choose(notify_by: NotifyBy) -> Callable[[Press], str]:
    def choose(press: Press) -> str:
        set_preferences(
            client=press.client, notify_by=notify_by, how=press.how, by=press.by, now=press.now
        )
        return _("It is kept, with who said so and when.")

    return choose


def _welcome(press: Press) -> str:
    sent = send_welcome(client=press.client, by=press.by, now=press.now)
    return _("The welcome email is on its way to %(address)s.") % {"address": sent.login_email}


_ACTS: Final[dict[Fix, Callable[[Press], str]]] = {
    Fix.SEND_AGAIN: _send_again,
    Fix.TEST_MAIL: _test_mail,
    Fix.TEST_TEXT: _test_text,
    Fix.MAIL_START: _mail_start,
    Fix.OPEN_EMAIL: _open_email,
    Fix.OPEN_NUMBER: _open_number,
    Fix.CHOOSE_EMAIL: _choose(NotifyBy.EMAIL),
    Fix.CHOOSE_BOTH: _choose(NotifyBy.EMAIL_AND_SMS),
    Fix.WELCOME: _welcome,
}
