"""Who may sign in to the desk."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress

from clientela.business.invitations import LASTS, PURPOSE
from clientela.business.models import Invitation, Membership, Professional
from clientela.integrations.actions.file_rows.row_ids import RowIds
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.premises import StaffEntry
from clientela.platform import links
from clientela.rules.name_match import normalise_email


def insert_staff(document: BusinessFile, *, ids: RowIds, now: datetime) -> None:
    """Make a member of whoever proved the address on this installation; keep an invitation for the rest.

    Nothing is mailed: the owner sends each invitation again from the desk.
    """
    addresses = {normalise_email(entry.email): entry for entry in document.staff}
    proved = {
        normalise_email(found.email): found.user_id
        for found in EmailAddress.objects.filter(email__in=addresses, verified=True)
    }
    for address, entry in addresses.items():
        professional_id = ids.occupiable[entry.professional] if entry.professional else None
        if address not in proved:
            _invite(address, entry, ids=ids, professional_id=professional_id, now=now)
            continue
        Membership.objects.create(
            business_id=ids.business,
            account_id=proved[address],
            role=entry.role,
            professional_id=professional_id,
            created_at=now,
        )
        Professional.objects.filter(pk=professional_id).update(account_id=proved[address])


def _invite(
    address: str,
    entry: StaffEntry,
    *,
    ids: RowIds,
    professional_id: UUID | None,
    now: datetime,
) -> None:
    nonce = links.new_nonce()
    Invitation.objects.create(
        business_id=ids.business,
        email=address,
        name=entry.name,
        role=entry.role,
        professional_id=professional_id,
        nonce=nonce,
        token_digest=links.digest(links.derive(purpose=PURPOSE, nonce=nonce)),
        created_at=now,
        expires_at=now + LASTS,
    )
