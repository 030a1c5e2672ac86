"""What stands out about a client's card, wherever it is drawn."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clientela.people.models import Client
from clientela.web.design.shapes import Badge


def card_badges(card: Client) -> list[Badge]:
    """What stands out about a card: the log-in, what it waits for, whom it is bound to."""
    found = [_log_in(card)]
    if card.is_provisional:
        found.append(Badge(text=_("Not proved yet"), icon="hourglass", state="wait"))
    if card.bound_to is not None:
        words = _("Only with %(name)s") % {"name": card.bound_to.name}
        found.append(Badge(text=words, icon="user-check"))
    return found


def other_name(card: Client) -> str:
    """The name in the person's own account, where it is not the card's."""
    own = card.account.name if card.account else ""
    return "" if own == card.record_name else own


def _log_in(card: Client) -> Badge:
    if card.account_id is None:
        if card.welcome_sent_at is None:
            return Badge(text=_("No account"), icon="user")
        return Badge(text=_("Invitation sent"), icon="mail", state="wait")
    if card.activated_at is None:
        return Badge(text=_("Not activated yet"), icon="hourglass", state="wait")
    return Badge(text=_("Active account"), icon="circle-check", state="good")
