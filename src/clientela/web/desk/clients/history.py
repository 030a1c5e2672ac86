"""What happened to a card, out of the audit trail, in plain words."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _

from clientela.people.models import Client
from clientela.platform.audit import AuditEvent, history
from clientela.web.design.shapes import Bead
from clientela.web.desk.appointment.history import names_of, who_acted
from clientela.web.refusals import when

BeadState = Literal["good", "wait", "stop", "none", ""]
NEWEST = 100


def history_of_card(card: Client, *, zone: str) -> list[Bead]:
    """Return the lines, latest first, times in `zone`. Two queries."""
    lines = list(history(subject=card).reverse()[:NEWEST])
    names = names_of(lines)
    return [_bead(line, names, zone) for line in lines]


def _bead(line: AuditEvent, names: dict[object, str], zone: str) -> Bead:
    title, icon, state = _acts().get(line.action, (_("Changed"), "pencil", ""))
    return Bead(
        icon=icon,
        title=title,
        when=f"{when(line.at, zone)} · {who_acted(line, names)}",
        why=_fields(line),
        state=state,
    )


def _fields(line: AuditEvent) -> str:
    """Which facts were changed; never what they said."""
    words = {
        "record_name": _("name"),
        "language": _("language"),
        "zone": _("time zone"),
        "note": _("note"),
        "birthday": _("birthday"),
        "phone": _("phone"),
        "email": _("email"),
    }
    named = line.details.get("fields") or [line.details.get("kind")]
    return ", ".join(str(words[name]) for name in named if name in words)


def _acts() -> dict[str, tuple[str, str, BeadState]]:
    return {
        "client-registered": (_("Card made"), "user-plus", "good"),
        "client-updated": (_("Card changed"), "pencil", ""),
        "contact-added": (_("Contact added"), "plus", ""),
        "contact-removed": (_("Contact taken off"), "trash-2", "none"),
        "notification-email-changed": (_("Email for notifications changed"), "mail", ""),
        "notification-email-removed": (_("Email for notifications removed"), "mail", "none"),
        "login-email-changed": (_("Email for signing in changed"), "log-in", ""),
        "welcome-sent": (_("Welcome email sent"), "mail", "wait"),
        "card-claimed": (_("Joined to the person’s account"), "user-check", "good"),
        "card-activated": (_("Account activated: messages may go out"), "circle-check", "good"),
        "card-taken-up": (_("Another card of the same person was joined to this one"), "merge", ""),
        "card-disowned": (_("Somebody said that this card is not theirs"), "user-x-2", "none"),
        "messages-chosen": (_("Messages chosen"), "bell", ""),
        "client-bound": (_("Assigned to one professional"), "user-check", ""),
        "client-unbound": (_("May book with everybody again"), "users", ""),
        "client-changed-own-facts": (_("The client changed their own details"), "pencil", ""),
        "client-proved-email": (_("The client proved a new email"), "mail-check", "good"),
        "client-undid-email": (_("The client took a change of email back"), "undo-2", "wait"),
        "card-erased": (_("Personal data erased"), "ban", "none"),
    }
