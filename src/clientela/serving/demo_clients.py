"""The people of the demo who look after their own appointments: log-ins for some of its clients.

Everything goes through the actions that a person's own clicks would call, so the demo shows what they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clientela.business.models import Professional
from clientela.people.actions.activate import activate
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.actions.send_welcome import send_welcome
from clientela.people.models import Client, Identifier, IdentifierKind, NotifyBy
from clientela.platform.actor import Actor
from clientela.platform.tenancy import account_scope, business_scope, system_scope

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clientela.accounts.models import Account

SHARE: Final = 10
"""Of the cards with a proved address, one in so many has a log-in: lively enough, and quickly filled."""

BOUND: Final = "gonzalo-ficticio"
"""Begins the address of a client who trains with one professional only."""

INVITED: Final = "rosa.demo@example.org"
"""Has a card and a welcome mail, and has not come in yet."""


def everybody(*, shown: Sequence[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    """Return address, name, language and zone of everybody who gets a log-in: those shown and many more."""
    known = {email for email, *_ in shown}
    with system_scope("the demo's clients of every business"):
        proved = Identifier.objects.filter(
            kind=IdentifierKind.EMAIL, verified_at__isnull=False, client__account=None
        ).select_related("client__business")
        found = {
            one.value: (one.value, one.client.record_name, one.client.business.language, "")
            for one in proved.order_by("-client__created_at")
            # "Demo" is a surname here, and nobody's password may hold their own name.
            if one.value not in known and "demo" not in one.client.record_name.casefold()
        }
    return [*shown, *list(found.values())[::SHARE]]


def bring_in(*, account: Account, now: datetime) -> None:
    """Let a person come in for the first time: their cards become theirs, and they choose e-mail."""
    claim_cards(account=account, now=now)
    with account_scope(account.pk):
        activate(account=account, notify_by=NotifyBy.EMAIL, by=Actor.client(account.pk), now=now)


def arrange(*, now: datetime) -> None:
    """Bind one client to the professional who saw them last, and send one welcome mail."""
    by = Actor.system("clientela demo")
    with system_scope("the demo's clients of every business"):
        bound = Client.objects.filter(identifiers__value__startswith=BOUND).first()
        invited = Client.objects.filter(identifiers__value=INVITED, account=None).first()
        last = bound and bound.appointments.order_by("-starts_at").first()
    if bound and last:
        with business_scope(bound.business_id):
            professional = Professional.objects.get(pk=last.professional_id)
            bind_to_professional(client=bound, professional=professional, by=by, now=now)
    if invited:
        with business_scope(invited.business_id):
            send_welcome(client=invited, by=by, now=now)
