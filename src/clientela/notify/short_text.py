"""What a text and a push say: one or two lines, written at the moment of sending from the appointment as it then is.

A text names the business, the time with its zone, and where to go on. It is fitted to the small alphabet of texts where
that makes it shorter: accents that this alphabet lacks are left out rather than paid for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _, override

from clientela.booking.links import manage_url, own_url
from clientela.booking.models import Appointment
from clientela.booking.waiting_links import offer_url, wait_url
from clientela.notify.letter_facts import child_told, facts_of, moment_before
from clientela.notify.models import Message, Rule
from clientela.notify.queries.client_policy import ClientPolicy, letter_policy
from clientela.notify.queries.words_of import OwnWords, chosen
from clientela.notify.safe_text import one_line, without_links
from clientela.notify.short_words import PUSHES, STOP_HINT, TEXT_OF_SERIES, TEXTS, ShortWords
from clientela.notify.template_text import fill
from clientela.platform import time_words
from clientela.rules.text_segments import is_gsm_text, segments

LONGEST_TEXT: Final = 459
LONGEST_NAME: Final = 30
LONGEST_TITLE: Final = 80
LONGEST_PUSH: Final = 240
_TYPOGRAPHY: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "·": "-", "\u00a0": " ", "\u202f": " "}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PushText:
    """What a device shows, and where a tap leads."""

    title: str
    body: str
    link: str


def short_text(
    *,
    message: Message,
    told: Sequence[Appointment] = (),
    policy: ClientPolicy | None = None,
    can_answer: bool = True,
) -> str:
    """Return the text of a client's message, in its language and zone and in the business's own words if there are any.

    ``can_answer``: whether the sender can be answered; then the text says how to stop. The message comes with its
    appointment as for a letter, and learns which version of the words it was written with.
    """
    own = _own(message, policy)
    with override(message.language):
        said = _text(message, told, own)
        return fitted(f"{said} {STOP_HINT}" if can_answer else said)


def push_text(
    *, message: Message, told: Sequence[Appointment] = (), policy: ClientPolicy | None = None
) -> PushText:
    """Return what the client's devices show; the tap leads to their own page, where they are signed in."""
    own = _own(message, policy)
    rule = Rule(message.rule)
    with override(message.language):
        facts = _facts(message, told, link=_push_link(message, PUSHES[rule]))
        title = fill(own.subject, facts) if own.subject else str(PUSHES[rule].title) % facts
        body = fill(own.body, facts) if own.body else str(PUSHES[rule].text) % facts
    return PushText(
        title=one_line(title, longest=LONGEST_TITLE),
        body=one_line(_of_child(message, body), longest=LONGEST_PUSH),
        link=facts["link"],
    )


def fitted(text: str) -> str:
    """Return a text as one line that costs no more than it must, cut where the third part of plain letters ends.

    Where every character can be written in the small alphabet, once accents are left out, it is; a text in another script
    stays as it is.
    """
    line = " ".join(text.split())
    line = line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 3].rstrip() + "..."
    plain = "".join(one if is_gsm_text(one) else _unaccented(one) for one in line)
    return plain if segments(plain) < segments(line) else line


def _unaccented(character: str) -> str:
    simple = character.translate(_TYPOGRAPHY)
    if simple != character:
        return simple
    base = unicodedata.normalize("NFD", character)[0]
    return base if is_gsm_text(base) else character


def _own(message: Message, policy: ClientPolicy | None) -> OwnWords:
    own = chosen(words=(policy or letter_policy(message.business_id)).words, message=message)
    message.template_version = own.version
    return own


def _text(message: Message, told: Sequence[Appointment], own: OwnWords) -> str:
    rule = Rule(message.rule)
    words = TEXT_OF_SERIES if rule is Rule.CONFIRMATION and len(told) > 1 else TEXTS[rule]
    facts = _facts(message, told, link=_text_link(message, words))
    return _of_child(message, fill(own.body, facts) if own.body else str(words.text) % facts)


def _of_child(message: Message, said: str) -> str:
    """Begin with the child's name where somebody hears for one."""
    child = without_links(child_told(message), longest=LONGEST_NAME)
    return f"{child}: {said}" if child else said


def _facts(message: Message, told: Sequence[Appointment], *, link: str) -> dict[str, str]:
    """Return the facts in their short form; nothing in them is a link but the link."""
    usual = facts_of(message, count=len(told), link=link)
    at, zone = message.appointment.starts_at, message.zone
    short = {
        name: without_links(usual[name].replace("\u200b", ""), longest=LONGEST_NAME)
        for name in ("name", "place", "service", "professional", "business")
    }
    where = short["place"]
    return {
        **usual,
        **short,
        "when": short_moment(at, zone),
        "date": time_words.short_day(at, zone),
        "before": moment_before(message, written=short_moment),
        "where": "" if where == short["business"] else f", {where}",
    }


def short_moment(at: datetime, zone: str) -> str:
    """``Tue 24 Nov 17:30, Madrid time``; a reading that comes twice says which of the two it is."""
    return _("%(day)s %(time)s, %(city)s time") % {
        "day": time_words.short_day(at, zone),
        "time": time_words.exact_clock(at, zone),
        "city": time_words.zone_city(zone),
    }


def _text_link(message: Message, words: ShortWords) -> str:
    if message.offer is not None:
        return wait_url(message.offer.entry)  # shorter than the booking page with everything chosen
    if words.leads_to == "booking":
        return f"{settings.PUBLIC_URL}/{message.appointment.business.slug}/"
    return manage_url(message.appointment)


def _push_link(message: Message, words: ShortWords) -> str:
    if message.offer is not None:
        return offer_url(message.offer)
    if words.leads_to == "booking":
        return f"{settings.PUBLIC_URL}/{message.appointment.business.slug}/"
    return own_url(message.appointment)


def sample_facts(message: Message, *, channel: str) -> Mapping[str, str]:
    """Return what each placeholder says in this message by this channel, for whoever writes words."""
    with override(message.language):
        if channel == "email":
            offered = message.offer
            link = offer_url(offered) if offered else manage_url(message.appointment)
            return facts_of(message, count=1, link=link)
        return _facts(message, (), link=_text_link(message, TEXTS[Rule(message.rule)]))
