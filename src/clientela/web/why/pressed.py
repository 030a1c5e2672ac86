"""A press, taken only if the page offers it at this moment: what was mended meanwhile is not mended twice."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from clientela.notify.errors import NotResendable, TrialRefused
from clientela.notify.models import Reason
from clientela.platform.refusal import Refusal
from clientela.web import refusals
from clientela.web.message_words import reason_words
from clientela.web.states import Audience
from clientela.web.why.shown import Shown
from clientela.web.why.ways import Way


class NotOffered(Refusal):
    """What was pressed is not among the ways out any more, or never was."""

    reason = "not-offered"


def offered(page: Shown, *, fix: str, messages: Sequence[str]) -> Way:
    """Return the way that was pressed, with only those messages that it is for; refuses ``NotOffered``."""
    ways = [
        way
        for section in page.sections
        for item in section.open_ones
        for way in item.ways
        if way.is_form and way.fix == fix
    ]
    named = set(messages)
    for way in ways:
        if named == {str(one) for one in way.messages}:
            return way
    raise NotOffered


def refusal_words(refusal: Refusal, *, audience: Audience) -> str:
    """Why a press was declined, and what to do next."""
    if isinstance(refusal, NotOffered | NotResendable):
        return _("This has changed in the meantime. This is how it stands now.")
    if not isinstance(refusal, TrialRefused):
        return refusals.of(refusal)
    if refusal.reason == "too-many-trials":
        return _("There were several tests within the hour. Wait a little before the next one.")
    words = reason_words(Reason(str(refusal.facts["why"])), audience=audience)
    return _("The test was not sent: %(cause)s.") % {"cause": words.cause}
