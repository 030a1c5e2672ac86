"""Say what the others of one's household may do; it can be changed or taken back at any time."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from clientela.accounts.models import Account
from clientela.accounts.own import check_own
from clientela.people.actions.form_household import add_member
from clientela.people.actions.hold_cards import hold_cards, hold_joining
from clientela.people.errors import NotInHousehold
from clientela.people.models import HouseholdMember, HouseholdRole
from clientela.people.queries.households import Permissions, belonging, spoken_for
from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope, system_scope


def choose_permissions(
    *, account: Account, client_id: UUID, gives: Permissions, by: Actor, now: datetime
) -> HouseholdMember:
    """Let the household's other adults do exactly this for the card from now on; it holds at once.

    ``client_id`` is the person's own card, or that of a child they answer for. A child that came in with a log-in of
    its own answers for itself: with its first word it belongs as an adult. Refuses ``NotInHousehold`` and ``NotYours``.
    """
    check_own(account=account, by=by)
    with system_scope("which business it is stands in the row"):
        found = belonging().filter(client_id=client_id).values_list("business_id", flat=True)
        business_id = found.first()
    if business_id is None:
        raise NotInHousehold
    with business_scope(business_id), transaction.atomic():
        hold_joining(business_id=business_id)
        hold_cards(cards=[client_id])
        row = spoken_for(account_id=account.pk, client_id=client_id)
        if row is None:
            raise NotInHousehold
        if row.role == HouseholdRole.CHILD and row.client.account_id == account.pk:
            row = _grown(row, now=now)
        _keep(row, gives)
        row.refresh_from_db()
        audit.note(
            action="permissions-chosen", subject=row.client, by=by, now=now, details=asdict(gives)
        )
    return row


def _keep(row: HouseholdMember, gives: Permissions) -> None:
    """Write the words; on the waiting memberships of cards that this one took up as well."""
    also = Q(client__merged_into_id=row.client_id)
    standing = HouseholdMember.objects.filter(Q(pk=row.pk) | also, until__isnull=True)
    HouseholdMember.objects.filter(pk__in=list(standing.values_list("pk", flat=True))).update(
        **asdict(gives)
    )


def _grown(row: HouseholdMember, *, now: datetime) -> HouseholdMember:
    HouseholdMember.objects.filter(pk=row.pk).update(until=now)
    return add_member(household=row.household, card=row.client, now=now)
