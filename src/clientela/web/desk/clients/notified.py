"""How a client is told: each contact with what it can take, the choices on the card, and the evidence for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from clientela.notify.models import AddressState
from clientela.notify.queries.address_states import written_as
from clientela.notify.reach import EMAIL, SMS
from clientela.people.models import (
    Client,
    Consent,
    How,
    Identifier,
    IdentifierKind,
    NotifyBy,
    Purpose,
)
from clientela.people.phones import NumberKind, number_kind
from clientela.web.design.shapes import Badge, Bead
from clientela.web.desk.staff import Desk
from clientela.web.message_words import trouble_words
from clientela.web.refusals import when
from clientela.web.states import Audience

EVIDENCE = 20

CHOICES: dict[NotifyBy, tuple[Promise, str]] = {
    NotifyBy.NONE: (gettext_lazy("No messages"), "ban"),
    NotifyBy.EMAIL: (gettext_lazy("Email"), "mail"),
    NotifyBy.EMAIL_AND_SMS: (gettext_lazy("Email and text"), "message-square"),
}
NUMBERS: dict[NumberKind, tuple[Promise, str]] = {
    NumberKind.MOBILE: (pgettext_lazy("number", "Mobile"), "smartphone"),
    NumberKind.LANDLINE: (gettext_lazy("Landline: gets no texts"), "phone"),
    NumberKind.UNKNOWN: (gettext_lazy("Mobile or landline: cannot be told"), "phone"),
    NumberKind.INVALID: (gettext_lazy("Gets no texts"), "ban"),
}
OCCASIONS: dict[How, Promise] = {
    How.ACTIVATION: gettext_lazy("chosen when the account was activated"),
    How.BOOKING: gettext_lazy("with a booking"),
    How.PREFERENCES: gettext_lazy("chosen in the client’s own pages"),
    How.STOP_LINK: gettext_lazy("by the link in an email"),
    How.STAFF: gettext_lazy("noted by the staff"),
    How.API: gettext_lazy("by another program"),
    How.KEYWORD: gettext_lazy("by a text (STOP or START)"),
}
PURPOSES: dict[Purpose, Promise] = {
    Purpose.APPOINTMENTS: gettext_lazy("About appointments"),
    Purpose.FOLLOW_UP: gettext_lazy("After the visit"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactShown:
    """A contact, what kind of number it is, and what is wrong with it: since when, and how it comes back."""

    contact: Identifier
    kind: Badge | None
    trouble: str = ""
    since: str = ""
    way_back: str = ""


def contacts_shown(card: Client, desk: Desk) -> list[ContactShown]:
    """Return the card's contacts, oldest first, with what is known of each. One query besides the card's own."""
    rows = sorted(card.identifiers.all(), key=lambda one: (one.created_at, one.pk))
    states = {
        (one.channel, one.address): one
        for one in AddressState.objects.filter(
            business_id=card.business_id, address__in=[_key(one)[1] for one in rows]
        ).exclude(trouble="")
    }
    return [_shown(one, states.get(_key(one)), desk) for one in rows]


def choice_badge(card: Client) -> Badge:
    """By what the client is told about appointments."""
    text, icon = CHOICES[NotifyBy(card.notify_by)]
    return Badge(text=str(text), icon=icon)


def evidence_of(card: Client, *, zone: str) -> list[Bead]:
    """What was said about messages, newest first: what, on what occasion, when, under which words. One query."""
    rows = Consent.objects.filter(client=card).order_by("-at", "-id")[:EVIDENCE]
    return [
        Bead(
            icon=CHOICES[NotifyBy(one.notify_by)][1],
            title=f"{PURPOSES[Purpose(one.purpose)]}: {CHOICES[NotifyBy(one.notify_by)][0]}",
            when=f"{OCCASIONS[How(one.how)]}, {when(one.at, zone)}",
            why=_("Words: %(version)s") % {"version": one.text_version},
            state="none" if one.notify_by == NotifyBy.NONE else "good",
        )
        for one in rows
    ]


def strange_zone(card: Client, desk: Desk) -> bool:
    """Whether the client's clock is another than that of every place of the business (S4.24)."""
    return bool(card.zone) and card.zone not in {place.zone for place in desk.locations}


def _key(contact: Identifier) -> tuple[str, str]:
    channel = EMAIL if contact.kind == IdentifierKind.EMAIL else SMS
    return channel, written_as(channel=channel, address=contact.value)


def _shown(contact: Identifier, state: AddressState | None, desk: Desk) -> ContactShown:
    channel, _value = _key(contact)
    kind = None
    if channel == SMS:
        text, icon = NUMBERS[number_kind(contact.value)]
        kind = Badge(text=str(text), icon=icon)
    if state is None:
        return ContactShown(contact=contact, kind=kind)
    words = trouble_words(state.trouble, audience=Audience.STAFF, channel=channel)
    return ContactShown(
        contact=contact,
        kind=kind,
        trouble=words.cause,
        since=when(state.since, desk.zone),
        way_back=words.next,
    )
