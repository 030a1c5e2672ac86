"""The mail that offers a role."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.business.invitations import invitation_url
from clientela.business.models import Invitation, Role
from clientela.notify.actions.mail_invitation import mail_invitation
from clientela.notify.actions.send_account_mails import send_account_mails
from clientela.notify.models import AccountMail, SimulatedMail
from clientela.platform import links

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def invitation(business, now) -> Invitation:
    nonce = links.new_nonce()
    return Invitation.objects.create(
        business=business,
        email="nueva@example.com",
        role=Role.FRONT_DESK,
        nonce=nonce,
        token_digest=links.digest(links.derive(purpose="invitation", nonce=nonce)),
        created_at=now,
        expires_at=now + timedelta(days=7),
    )


def test_it_goes_to_the_invited_address_with_the_link(invitation, business, now):
    mail_invitation(invitation_id=invitation.pk, now=now)
    send_account_mails(now=now)
    kept = SimulatedMail.objects.get()
    assert kept.address == "nueva@example.com"
    assert kept.subject == "Fisio Norte te invita a su agenda"
    assert invitation_url(invitation, slug=business.slug).encode() in bytes(kept.source).replace(
        b"=\r\n", b""
    )


@pytest.mark.parametrize("field", ["withdrawn_at", "accepted_at"])
def test_an_invitation_that_is_no_more_is_not_mailed(invitation, now, field):
    Invitation.objects.filter(pk=invitation.pk).update(**{field: now})
    mail_invitation(invitation_id=invitation.pk, now=now)
    assert AccountMail.objects.count() == 0
