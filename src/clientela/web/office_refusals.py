"""Why a setting, a log-in or an invitation was refused, as a sentence for the people who run the place.

What clients are told stands in ``refusals``; a word that is missing here is looked up there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from clientela.platform.refusal import Refusal
from clientela.web import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PLAIN: dict[str, _StrPromise] = {
    "name-missing": gettext_lazy("Write a name."),
    "slug-invalid": gettext_lazy(
        "Use small letters, figures and hyphens, at least three, such as fisio-retiro."
    ),
    "slug-reserved": gettext_lazy("This address is needed for something else. Choose another."),
    "slug-taken": gettext_lazy("Another business has this address. Choose another."),
    "zone-unknown": gettext_lazy("Choose a zone from the list, such as Europe/Madrid."),
    "value-refused": gettext_lazy("This value cannot be used here."),
    "minutes-by-five": gettext_lazy("Use minutes in steps of five, at most a day."),
    "in-use": gettext_lazy("Something still needs it, so it cannot be taken away."),
    "role-unknown": gettext_lazy("Choose one of the roles."),
    "last-owner": gettext_lazy(
        "A business needs an owner. Make somebody else an owner first; nothing was changed."
    ),
    "name-differs": gettext_lazy("This is not the name of the business. Write it as it stands."),
    "grace-over": gettext_lazy("The time in which it could be opened again is over."),
    "business-given-up": gettext_lazy(
        "The business is closed. Open it again first, under Settings, This business is closed."
    ),
    "already-member": gettext_lazy("This person works here already."),
    "invitation-closed": gettext_lazy("This invitation was used or withdrawn, or it is too old."),
    "invitation-for-another": gettext_lazy("This invitation was mailed to another address."),
    "email-taken": gettext_lazy("There is a log-in with this address already."),
    "hours-refused": gettext_lazy("These hours are not a stretch of one day."),
    "time-off-refused": gettext_lazy("The end must be later than the start."),
    "closure-refused": gettext_lazy("The last day cannot be before the first."),
}


def sentence_of(refusal: Refusal) -> str:
    """Say why an action of the settings declined; never the raw word."""
    known = PLAIN.get(refusal.reason)
    least, most = refusal.facts.get("least"), refusal.facts.get("most")
    if refusal.reason == "value-refused" and most is not None:
        return _("At most %(most)s.") % {"most": most}
    if refusal.reason == "value-refused" and least is not None:
        return _("At least %(least)s.") % {"least": least}
    return str(known) if known is not None else refusals.of(refusal)
