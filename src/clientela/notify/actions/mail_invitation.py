"""The mail that offers somebody a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, override

from clientela.business.invitations import invitation_url
from clientela.business.models import Invitation
from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.safe_text import one_line

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def mail_invitation(*, invitation_id: UUID, now: datetime) -> None:
    """Queue the invitation, unless it was withdrawn or accepted meanwhile."""
    invitation = (
        Invitation.objects.filter(
            pk=invitation_id, accepted_at__isnull=True, withdrawn_at__isnull=True
        )
        .select_related("business")
        .first()
    )
    if invitation is None:
        return
    business = invitation.business
    name = one_line(business.name)
    with override(business.language):
        letter = AccountLetter(
            language=business.language,
            subject=_("%(business)s invites you to its desk") % {"business": name},
            headline=_("%(business)s invites you to its desk") % {"business": name},
            sentences=(
                _("You will see the calendar and work with your colleagues in it."),
                _("The link works once, for seven days."),
            ),
            button=_("Accept the invitation"),
            link=invitation_url(invitation, slug=business.slug),
            why=_("If you do not know this business, you need do nothing."),
            sender_name=name,
        )
    queue_account_mail(kind="invitation", address=invitation.email, letter=letter, now=now)
