"""What I said about messages, when, where and under which words: the statements of one business."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from clientela.people.consent_text import VERSION
from clientela.people.models import Client, Consent, How, NotifyBy, Purpose
from clientela.web.client.consent_words import words_of
from clientela.web.design.shapes import Bead
from clientela.web.refusals import when

MOST = 20
OCCASIONS: dict[How, Promise] = {
    How.ACTIVATION: gettext_lazy("when you came in for the first time"),
    How.BOOKING: gettext_lazy("with a booking"),
    How.PREFERENCES: gettext_lazy("on this page"),
    How.STOP_LINK: gettext_lazy("by the link in an email"),
    How.STAFF: gettext_lazy("told to the staff"),
    How.API: gettext_lazy("in another program of the business"),
    How.KEYWORD: gettext_lazy("by a text you sent (STOP or START)"),
}
SAID: dict[tuple[Purpose, NotifyBy], Promise] = {
    (Purpose.APPOINTMENTS, NotifyBy.EMAIL): gettext_lazy("About appointments: by email"),
    (Purpose.APPOINTMENTS, NotifyBy.EMAIL_AND_SMS): gettext_lazy(
        "About appointments: by email and text"
    ),
    (Purpose.APPOINTMENTS, NotifyBy.NONE): gettext_lazy("About appointments: nothing"),
    (Purpose.FOLLOW_UP, NotifyBy.EMAIL): gettext_lazy("After the visit: by email"),
    (Purpose.FOLLOW_UP, NotifyBy.EMAIL_AND_SMS): gettext_lazy("After the visit: by email and text"),
    (Purpose.FOLLOW_UP, NotifyBy.NONE): gettext_lazy("After the visit: nothing"),
}


def evidence(*, cards: Sequence[Client], zone: str) -> dict[UUID, list[Bead]]:
    """The statements of each card, newest first, at most twenty; one query for all of them."""
    found: dict[UUID, list[Bead]] = {card.pk: [] for card in cards}
    rows = Consent.objects.filter(client__in=found).order_by("-at", "-id")
    for row in rows:
        if len(found[row.client_id]) < MOST:
            found[row.client_id].append(_bead(row, zone))
    return found


def _bead(row: Consent, zone: str) -> Bead:
    allowed = NotifyBy(row.notify_by)
    return Bead(
        icon="ban" if allowed is NotifyBy.NONE else "check",
        title=str(SAID[Purpose(row.purpose), allowed]),
        when=_("%(when)s, %(how)s") % {"when": when(row.at, zone), "how": OCCASIONS[How(row.how)]},
        why=_words(row.text_version),
        state="none" if allowed is NotifyBy.NONE else "good",
    )


def _words(version: str) -> str:
    """Under which words it was said: today's stand at the foot of the page; former ones are quoted."""
    if version == VERSION:
        return _("The words are at the foot of this page.")
    words = words_of(version)
    return _("The words then: “%(words)s”") % {"words": words} if words else ""
