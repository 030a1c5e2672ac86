"""What is to become of a message. Pure: a decision is a value with a reason, made from the present state.

One decision, ``decide``, is asked four times: by the forecast before anything is saved, when the row is planned,
when a page shows what an open row would come to as things stand, and when the row is due. So the promise, the row
and what happens agree. The words of the answers are ``models.Reason``'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from clientela.notify.gate import Standing, pass_gate
from clientela.notify.models import Reason, Rule, Trouble
from clientela.notify.reach import EMAIL, SMS, Reach
from clientela.people.models import NotifyBy
from clientela.people.phones import NumberKind
from clientela.rules.lifecycle import Status
from clientela.rules.quiet_hours import quiet_until

ENDED: Final = frozenset({Status.CANCELLED, Status.DECLINED})
ANNOUNCES_END: Final = frozenset({Rule.CANCELLATION, Rule.REQUEST_DECLINED, Rule.STAFF_CANCELLED})
WAITS_FOR_ANSWER: Final = frozenset({Rule.REQUEST_RECEIVED, Rule.STAFF_REQUESTED})
# Planned for a time of their own, and moved with the appointment; all others speak of a fact, at once.
LATER: Final = frozenset({Rule.REMINDER, Rule.FOLLOW_UP, Rule.STAFF_REMINDER})
# Nobody waits for these: they never ring at night, and reach only who has proved something.
UNASKED: Final = frozenset({Rule.REMINDER, Rule.FOLLOW_UP, Rule.BALANCE_LOW})
# Nor does what somebody asked for, but was not promised for an hour.
NEVER_AT_NIGHT: Final = UNASKED | {Rule.WAITING_LIST_OFFER}
# And these only who said that they are welcome.
ON_WISH: Final = frozenset({Rule.FOLLOW_UP, Rule.BALANCE_LOW})

# Someone should still learn of a cancellation after the hour has passed, but not days later.
END_IS_NEWS_FOR: Final = timedelta(hours=24)
WISHED_IS_NEWS_FOR: Final = timedelta(hours=48)
RETRY_MINUTES: Final = (1, 2, 5, 10, 20, 40, 60)
# An interrupted e-mail is sent once more, with the same Message-ID, after this pause.
RESEND_AFTER: Final = timedelta(minutes=10)
# What a due message waits when the whole channel cannot be reached, and the cause that its row says then.
CHANNEL_PAUSE: Final = timedelta(minutes=1)
LINE_DOWN: Final = "line-down"
# A worker that lives comes to everything that is due within so long, however much there is.
SOON_LOOKED_AT: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The newest statement of a person about a purpose; ``id`` is None while it is only about to be written."""

    id: UUID | None
    notify_by: NotifyBy

    def allows(self, channel: str) -> bool:
        """Whether it allows the channel. Pushes need no more: a device says yes by itself."""
        if channel == SMS:
            return self.notify_by is NotifyBy.EMAIL_AND_SMS
        return self.notify_by is not NotifyBy.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """The hours in which a reader is left alone, in minutes of the wall of their zone."""

    from_minute: int | None
    until_minute: int | None
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a client's message depends on besides the address: how they stand, what they want, what they said."""

    standing: Standing
    wants_follow_up: bool = False
    said: Said | None = None
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """The appointment as it stands now. ``is_superseded``: what the message tells has ceased to be so."""

    status: Status
    is_superseded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One message, as far as its fate depends on it.

    ``off`` says why the plan does not have it (blank: it does). ``happened_at`` is when the fact happened, for a
    row that is planned; ``present`` the appointment, for one that stands already. Staff have no ``wishes``.
    ``is_told_elsewhere``: another row says the same to the same reader. ``next_try_at`` is when a row that stands
    should leave next; ``is_line_down``, that it waits until then because the way out was of no use.
    """

    rule: Rule
    reach: Reach
    due_at: datetime
    starts_at: datetime
    off: str = ""
    happened_at: datetime | None = None
    present: Present | None = None
    tried: bool = False
    is_line_down: bool = False
    next_try_at: datetime | None = None
    wishes: Wishes | None = None
    is_told_elsewhere: bool = False

    @property
    def expires_at(self) -> datetime:
        """From when on it is no news any more."""
        return expires_at(rule=self.rule, starts_at=self.starts_at, due_at=self.due_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The decision. ``queued`` means that it goes: now, or from ``wait_until`` on.

    ``because`` names the cause where the reason has several. ``consent_id`` is the statement that allows it.
    """

    reason: Reason
    because: str = ""
    wait_until: datetime | None = None
    consent_id: UUID | None = None

    @property
    def goes(self) -> bool:
        """Whether it is to be sent, now or later."""
        return self.reason is Reason.QUEUED


def decide(*, case: Case, now: datetime) -> Verdict:
    """Say what is to become of a message at ``now``; the first of the reasons against it that holds is the answer.

    They come in the order in which a person would ask: is there still something to tell, does the business send
    it, is there an address that works, does the person want it, is it still time, may they be written to, did
    they say so, has it been said, is it night? What a channel may spend is asked afterwards, when it leaves.
    """
    for against in _AGAINST:
        verdict = against(case, now)
        if verdict is not None:
            return verdict
    said = case.wishes.said if case.wishes else None
    return Verdict(
        reason=Reason.QUEUED,
        wait_until=_wait_until(case, now),
        consent_id=said.id if said else None,
    )


def expires_at(*, rule: Rule, starts_at: datetime, due_at: datetime) -> datetime:
    """From when on the message is no news any more: the start, or a while after its time for what looks back."""
    if rule in ON_WISH:
        return due_at + WISHED_IS_NEWS_FOR
    if rule in ANNOUNCES_END:
        return max(starts_at, due_at + END_IS_NEWS_FOR)
    return starts_at


def is_superseded(
    *, rule: Rule, status: Status, sequence: int, occurrence: int, is_moved: bool | None = None
) -> bool:
    """Say whether what a message tells has ceased to be so; whatever changed has, or will have, one of its own.

    What speaks of a fact is bound to the count of changes. What waits for a time of its own is not: it is
    overtaken when that time is another by now (``is_moved``).
    """
    if rule is Rule.BALANCE_LOW:
        return False
    if is_moved is not None:
        return is_moved
    if rule in ANNOUNCES_END and status not in ENDED:
        return True
    if rule in WAITS_FOR_ANSWER and status is not Status.REQUESTED:
        return True
    return sequence != occurrence


def _ended(case: Case, _now: datetime) -> Verdict | None:
    if case.present is None:
        return None
    if case.present.status in ENDED and case.rule not in ANNOUNCES_END:
        return Verdict(reason=Reason.CANCELLED_BEFORE_SEND)
    if case.rule is Rule.FOLLOW_UP and case.present.status is Status.NO_SHOW:
        return Verdict(reason=Reason.CANCELLED_BEFORE_SEND, because="not-attended")
    return Verdict(reason=Reason.SUPERSEDED) if case.present.is_superseded else None


def _switched_off(case: Case, _now: datetime) -> Verdict | None:
    return Verdict(reason=Reason.RULE_DISABLED, because=case.off) if case.off else None


def _leads_nowhere(case: Case, _now: datetime) -> Verdict | None:
    return None if case.reach.leads_somewhere else Verdict(reason=Reason.NO_ADDRESS)


def _no_text_number(case: Case, _now: datetime) -> Verdict | None:
    if case.reach.channel != SMS:
        return None
    match case.reach.number_kind:
        case NumberKind.INVALID:
            return Verdict(reason=Reason.INVALID_NUMBER)
        case NumberKind.LANDLINE:
            return Verdict(reason=Reason.LANDLINE)
    return None


_TROUBLES: Final = {
    Trouble.STOPPED: Reason.OPTED_OUT,
    Trouble.COMPLAINED: Reason.OPTED_OUT,
    Trouble.BOUNCED: Reason.BOUNCED_HARD,
    Trouble.LANDLINE: Reason.LANDLINE,
    Trouble.INVALID: Reason.INVALID_NUMBER,
}


def _in_trouble(case: Case, _now: datetime) -> Verdict | None:
    if not case.reach.trouble:
        return None
    trouble = Trouble(case.reach.trouble)
    return Verdict(reason=_TROUBLES[trouble], because=trouble.value)


def _unwanted(case: Case, _now: datetime) -> Verdict | None:
    if case.wishes is None:
        return None
    notify_by = case.wishes.standing.notify_by
    if notify_by is NotifyBy.NONE or (
        case.reach.channel == SMS and notify_by is not NotifyBy.EMAIL_AND_SMS
    ):
        return Verdict(reason=Reason.CHANNEL_OFF_BY_CLIENT)
    if case.rule in ON_WISH and not case.wishes.wants_follow_up:
        return Verdict(reason=Reason.CHANNEL_OFF_BY_CLIENT, because="not-wished")
    return None


def _too_late(case: Case, now: datetime) -> Verdict | None:
    """Late is a decision too: too close when it was booked, refused for too long, or nobody there to send it."""
    if case.happened_at is not None and _was_too_close(case, case.happened_at):
        return Verdict(reason=Reason.TOO_CLOSE)
    if now < case.expires_at:
        return None
    if _nobody_was_there(case):
        return Verdict(reason=Reason.SCHEDULER_DOWN)
    return Verdict(reason=Reason.PROVIDER_ERROR, because=LINE_DOWN if case.is_line_down else "")


def _nobody_was_there(case: Case) -> bool:
    """Whether nobody came to it in time: never, or not again after what kept it was over."""
    if not case.tried and not case.is_line_down:
        return True
    again = case.next_try_at
    return again is not None and again + SOON_LOOKED_AT < case.expires_at


def _was_too_close(case: Case, happened_at: datetime) -> bool:
    """Whether its time had passed, or the thing itself had, when the fact happened."""
    is_past = case.rule in LATER and case.due_at <= happened_at
    return is_past or happened_at >= case.expires_at


def _held_by_gate(case: Case, _now: datetime) -> Verdict | None:
    if case.wishes is None:
        return None
    reason = pass_gate(case.wishes.standing, is_for_proved=case.rule in UNASKED)
    if reason is Reason.QUEUED:
        return None
    return Verdict(reason=reason, because="unverified" if reason is Reason.POLICY_GATE else "")


def _without_consent(case: Case, _now: datetime) -> Verdict | None:
    if case.wishes is None:
        return None
    said = case.wishes.said
    if said is not None and said.allows(case.reach.channel):
        return None
    return Verdict(reason=Reason.POLICY_GATE, because="no-consent")


def _said_already(case: Case, _now: datetime) -> Verdict | None:
    return Verdict(reason=Reason.DUPLICATE_SUPPRESSED) if case.is_told_elsewhere else None


def _in_closed_country(case: Case, _now: datetime) -> Verdict | None:
    if case.reach.channel != SMS or case.reach.is_country_on:
        return None
    return Verdict(reason=Reason.POLICY_GATE, because="country-off")


def _night_until_too_late(case: Case, now: datetime) -> Verdict | None:
    until = _wait_until(case, now)
    if until is None or until < case.expires_at:
        return None
    return Verdict(reason=Reason.QUIET_HOURS)


def _wait_until(case: Case, now: datetime) -> datetime | None:
    """Return when a reader who is to be left alone may be reached; e-mail makes no noise."""
    quiet = case.wishes.quiet if case.wishes else None
    if quiet is None or case.rule not in NEVER_AT_NIGHT or case.reach.channel == EMAIL:
        return None
    return quiet_until(
        at=now, from_minute=quiet.from_minute, until_minute=quiet.until_minute, zone=quiet.zone
    )


_AGAINST: Final[tuple[Callable[[Case, datetime], Verdict | None], ...]] = (
    _ended,
    _switched_off,
    _leads_nowhere,
    _no_text_number,
    _in_trouble,
    _unwanted,
    _too_late,
    _held_by_gate,
    _without_consent,
    _said_already,
    _in_closed_country,
    _night_until_too_late,
)


def retry_at(*, tries: int, now: datetime) -> datetime:
    """When to try again after that many tries: soon at first, then hourly."""
    return now + timedelta(minutes=RETRY_MINUTES[min(tries, len(RETRY_MINUTES)) - 1])


def resend_at(*, interrupted: int, now: datetime) -> datetime | None:
    """When an interrupted e-mail is sent again: once, after a pause; a second interruption waits for a person.

    The copy bears the same Message-ID, so mail programs that saw the first show one.
    """
    return now + RESEND_AFTER if interrupted == 1 else None
