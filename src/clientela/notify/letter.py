"""A letter: everything a message says, as plain words, before any format.

Written at the moment of sending from the appointment as it then is. What clients typed is inert
here already, so no template has to think of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _, override, pgettext

from clientela.booking.links import manage_url, token_of
from clientela.booking.models import Appointment
from clientela.booking.waiting_links import offer_url, wait_url
from clientela.business.models import ClientLogin
from clientela.notify import wording
from clientela.notify.letter_facts import child_told, facts_of, moment, place_of
from clientela.notify.models import Message, Recipient, Rule
from clientela.notify.queries.client_policy import ClientPolicy, letter_policy
from clientela.notify.queries.words_of import OwnWords, chosen
from clientela.notify.safe_text import inert, one_line
from clientela.notify.stop_link import stop_url
from clientela.notify.template_text import fill
from clientela.platform import time_words
from clientela.rules import clock_time

CLIENTS_HANDS = frozenset({"guest", "client"})


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of one message. ``stub`` is weekday, figure and month of the slip.

    ``sentence`` has several lines only in a business's own words. ``dates`` are those of a series, each with where its page is; empty for a single appointment. ``join``
    invites to an account, or off the waiting list, and ``stop`` leads to the choice of messages; both are blank where they make no sense.
    """

    subject: str
    headline: str
    sentence: str
    date: str
    time: str
    zone: str
    place: str
    elsewhere: str
    stub: tuple[str, str, str]
    rows: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...]
    slip: str
    button: str
    link: str
    contact: str
    join: str
    join_link: str
    why: str
    stop: str
    business: str

    @property
    def paragraphs(self) -> list[str]:
        """The sentence as the paragraphs it is written in."""
        return [one for one in self.sentence.split("\n") if one.strip()]


def write_letter(
    message: Message, *, told: Sequence[Appointment] = (), policy: ClientPolicy | None = None
) -> Letter:
    """Write the letter in the message's language and zone, in the business's own words where it has any.

    The message must come with its appointment and the appointment's business, service,
    professional, location and client. ``told`` are the appointments of a series, that one first.
    Notes on the message which version of the words it was written with.
    """
    known = policy or letter_policy(message.business_id)
    own = chosen(words=known.words, message=message)
    message.template_version = own.version
    with override(message.language):
        return _write(message, told if len(told) > 1 else (), own, _join(message, known))


def _write(
    message: Message, series: Sequence[Appointment], own: OwnWords, join: tuple[str, str]
) -> Letter:
    appointment, zone = message.appointment, message.zone
    rule = Rule(message.rule)
    words = wording.SERIES_WORDS.get(rule, wording.WORDS[rule]) if series else wording.WORDS[rule]
    link = offer_url(message.offer) if message.offer else _link(appointment, words)
    facts = facts_of(message, count=len(series), link=link)
    headline, sentence = _said(message, words, own, facts)
    starts_at, ends_at = appointment.starts_at, appointment.ends_at
    return Letter(
        subject=_subject(message, words, own, facts),
        headline=headline,
        sentence=sentence,
        date=time_words.day_and_year(starts_at, zone),
        time=f"{time_words.exact_clock(starts_at, zone)}\u2013{time_words.exact_clock(ends_at, zone)}",
        zone=time_words.zone_name(zone, starts_at),
        place=place_of(appointment, with_address=True),
        elsewhere=_elsewhere(message),
        stub=time_words.stub(starts_at, zone),
        rows=_rows(message),
        dates=tuple((moment(one.starts_at, zone), _link(one, words)) for one in series),
        slip=words.slip,
        button=str(words.button),
        link=link,
        contact=_contact(message),
        join=join[0],
        join_link=join[1],
        why=_why(message) % facts,
        stop=_stop(message),
        business=one_line(appointment.business.name),
    )


def _subject(message: Message, words: wording.Wording, own: OwnWords, facts: dict[str, str]) -> str:
    """Return the subject; whoever has several children reads there whose it is."""
    said = fill(own.subject, facts) if own.subject else str(words.subject) % facts
    child = child_told(message)
    return one_line(f"{said} · {child}" if child else said, longest=180)


def _said(
    message: Message, words: wording.Wording, own: OwnWords, facts: dict[str, str]
) -> tuple[str, str]:
    """Return what stands large and what stands under it. Of own words the first line is the large one."""
    if own.body:
        first, _newline, rest = fill(own.body, facts).partition("\n")
        return first.strip(), rest.strip("\n")
    headline = (
        str(words.headline) % facts if facts["name"] else _headline_without_name(words, facts)
    )
    return headline, _sentence(message, words) % facts


def _headline_without_name(words: wording.Wording, facts: dict[str, str]) -> str:
    """Return the headline of a card without a name, without the comma that led to it."""
    return (str(words.headline) % facts).rstrip(" ,")


def _sentence(message: Message, words: wording.Wording) -> str:
    """Return the rule's sentence, or the one that says more because of what the event said."""
    by = message.facts.get("by")
    if message.rule == Rule.REQUEST_DECLINED and message.facts.get("because") == "not-answered":
        return str(wording.NOT_ANSWERED)
    if message.rule == Rule.STAFF_CANCELLED and by == "system":
        return str(wording.CLIENT_LEFT)
    if message.rule == Rule.CANCELLATION:
        theirs = by in CLIENTS_HANDS
        return str(wording.CANCELLED_BY_CLIENT if theirs else wording.CANCELLED_BY_BUSINESS)
    return str(words.sentence)


def _elsewhere(message: Message) -> str:
    """Return the time at the place, when the reader's zone is another and the place is somewhere."""
    appointment = message.appointment
    there = appointment.promised_zone
    if there == message.zone or appointment.service.is_remote:
        return ""
    return _("At the place: %(when)s") % {"when": moment(appointment.starts_at, there)}


def _rows(message: Message) -> tuple[tuple[str, str], ...]:
    """Return the lines under the time: what, with whom, how long, and for staff who and what they wrote."""
    appointment = message.appointment
    lasts = int((appointment.ends_at - appointment.starts_at).total_seconds()) // 60
    rows = [
        (
            pgettext("letter", "What"),
            f"{one_line(appointment.service.name)} · {time_words.minutes(lasts)}",
        ),
        (pgettext("letter", "With"), one_line(appointment.professional.name)),
    ]
    whose = inert(appointment.client.record_name, longest=80)
    if message.hearer is not None:
        rows.insert(0, (pgettext("letter", "For"), whose))
    if message.recipient != Recipient.CLIENT:
        rows.insert(0, (pgettext("letter", "Client"), whose))
        if appointment.client_note:
            rows.append((pgettext("letter", "Note"), inert(appointment.client_note, longest=400)))
    return tuple(rows)


def _link(appointment: Appointment, words: wording.Wording) -> str:
    """Return where the button leads; the client's own link is derived here and stored nowhere."""
    match words.leads_to:
        case "desk":
            day = clock_time.local_date(appointment.starts_at, appointment.promised_zone)
            return f"{settings.PUBLIC_URL}/desk/{appointment.business.slug}/?day={day}"
        case "booking":
            return f"{settings.PUBLIC_URL}/{appointment.business.slug}/"
    return manage_url(appointment)


def has_file(message: Message) -> bool:
    """Whether the appointment comes along as a calendar file: to clients, while it is news for a calendar."""
    return message.recipient == Recipient.CLIENT and wording.WORDS[Rule(message.rule)].has_file


def _join(message: Message, policy: ClientPolicy) -> tuple[str, str]:
    """Return what else the client may do, in words and where; blank: nothing. Who waits may leave the list."""
    if message.offer is not None:
        return str(wording.LEAVE_LIST), wait_url(message.offer.entry)
    link = _join_link(message, policy)
    return (str(wording.JOIN), link) if link else ("", "")


def _join_link(message: Message, policy: ClientPolicy) -> str:
    """Return where the client may create an account that has this booking, when they can use one and have none."""
    appointment = message.appointment
    is_first = message.rule in {Rule.CONFIRMATION, Rule.REQUEST_RECEIVED}
    if not is_first or message.reader.account_id is not None:
        return ""
    if policy.client_login is ClientLogin.OFF:
        return ""
    query = urlencode({"booking": token_of(appointment), "business": appointment.business.slug})
    return f"{settings.PUBLIC_URL}/client/create-account?{query}"


def _stop(message: Message) -> str:
    """Return where the client chooses which messages come; staff are told because they work here."""
    if message.recipient != Recipient.CLIENT:
        return ""
    return stop_url(message.reader, business=message.appointment.business)


def _contact(message: Message) -> str:
    """Return how the business is reached, for the client; its own staff know."""
    business = message.appointment.business
    if message.recipient != Recipient.CLIENT:
        return ""
    phone = business.phone or message.appointment.location.phone
    ways = [way for way in (one_line(phone), one_line(business.email)) if way]
    return _("Questions? %(ways)s") % {"ways": " · ".join(ways)} if ways else ""


def _why(message: Message) -> str:
    if message.offer is not None:
        return str(wording.WHY_WAITING)
    if message.hearer is not None:
        return str(wording.WHY_CHILD)
    is_client = message.recipient == Recipient.CLIENT
    return str(wording.WHY_CLIENT if is_client else wording.WHY_STAFF)
