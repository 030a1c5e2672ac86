"""Why something is not possible, in words for staff: with the names that clients are not told."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from clientela.booking.errors import SeriesRefused, StartRefused
from clientela.booking.queries.why_not import Reason
from clientela.platform.refusal import Refusal
from clientela.web import refusals
from clientela.web.design import times

# Words that only staff meet, or that read otherwise to them.
OWN: dict[str, str | Promise] = {
    "not-started": gettext_lazy("It has not started yet: nobody can have come or stayed away."),
    "not-open": gettext_lazy("As it stands now, this is not possible any more."),
    "location-missing": gettext_lazy("The business has no open location. Add one in the settings."),
    "session-unsuitable": gettext_lazy(
        "Only group services have sessions, with at least one place."
    ),
    "session-cancelled": gettext_lazy("That session was cancelled."),
    "professional-busy": gettext_lazy("has another appointment then"),
    "resource-busy": gettext_lazy("is in use then"),
    "buffer": gettext_lazy("needs the time before or after another appointment"),
    "closed": gettext_lazy("is closed that day"),
    "outside-hours": gettext_lazy("is not open for all of that time"),
    "time-off": gettext_lazy("is away then"),
}


def reason_words(reason: Reason, zone: str) -> str:
    """Say one reason; of somebody or something the name comes first: `Irene is away then`."""
    name, own = reason.facts.get("resource"), OWN.get(reason.word)
    if name and own:
        return _("%(name)s %(what)s.") % {"name": name, "what": own}
    return refusals.sentence(reason.word, facts=reason.facts, zone=zone)


def not_free(start: datetime, zone: str) -> str:
    """Name the time before explaining it."""
    return _("%(time)s on %(day)s (%(city)s) cannot be had.") % {
        "day": times.day(start, zone),
        "time": times.clock(start, zone),
        "city": times.zone_city(zone),
    }


def refusal_words(refusal: Refusal, *, start: datetime | None, zone: str) -> list[str]:
    """Say why an act was declined; of a lost time, everything that stood against it."""
    facts = {**refusal.facts, "starts_at": start}
    if isinstance(refusal, StartRefused):
        words = [refusal.reason, *(str(why.reason) for why in refusal.reasons)]
        told = (refusals.sentence(word, facts=facts, zone=zone) for word in words)
        return list(dict.fromkeys(told))
    if isinstance(refusal, SeriesRefused):
        return [_("None of these dates can be had. Nothing was booked.")]
    own = OWN.get(refusal.reason)
    return [str(own) if own else refusals.sentence(refusal.reason, facts=facts, zone=zone)]
