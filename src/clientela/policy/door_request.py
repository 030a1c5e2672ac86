"""The request as a view finds it behind the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from contextlib import ExitStack

    from clientela.accounts.models import Account
    from clientela.business.models import Business, Membership
    from clientela.platform.actor import Actor


class DoorRequest(HttpRequest):
    """A request that the gate admitted: annotate views with it, it is never instantiated.

    ``business`` is set where the rule's scope is a business, ``membership`` where staff were
    admitted; reading them elsewhere is a mistake in the policy table, not a case to handle.
    """

    business: Business
    membership: Membership
    actor: Actor
    scopes: ExitStack
    user: Account  # the static type behind the gate; where a rule admits anyone it may be anonymous
