"""Who works for a business: invited, accepted, given another role, taken off; an owner always remains."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.cast import Person

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.models import Account
from clientela.business.actions.accept_invitation import accept_invitation
from clientela.business.actions.change_role import change_role
from clientela.business.actions.end_membership import end_membership
from clientela.business.actions.invite_member import invite_member
from clientela.business.actions.withdraw_invitation import withdraw_invitation
from clientela.business.errors import (
    AlreadyMember,
    InvitationClosed,
    InvitationForAnother,
    LastOwner,
    RoleUnknown,
    ValueRefused,
)
from clientela.business.invitations import token_of
from clientela.business.models import Business, Invitation, Membership, Professional, Role
from clientela.business.queries.invitation_by_link import invitation_by_link
from clientela.platform.audit import AuditEvent
from clientela.platform.models import OutboxEvent
from clientela.platform.tenancy import business_scope

NOW = factories.NOW


@pytest.fixture
def nuria(db: None) -> Account:
    return create_account(
        email="nuria@example.com",
        name="Nuria",
        password="seven brave blue herons",
        by=factories.SYSTEM,
        now=NOW,
    )


def invite(
    business: Business, owner: Person, email: str = "nuria@example.com", role: str = Role.FRONT_DESK
) -> Invitation:
    return invite_member(business=business, email=email, role=role, by=owner.actor, now=NOW)


def test_an_invitation_keeps_only_the_hash_of_its_link(business: Business, owner: Person) -> None:
    offer = invite(business, owner, " Nuria@Example.com ")
    assert offer.email == "nuria@example.com"
    assert offer.expires_at == NOW + timedelta(days=7)
    token = token_of(offer)
    assert token not in str(Invitation.objects.values().get())
    assert invitation_by_link(token=token, now=NOW) == offer
    assert invitation_by_link(token=token, now=offer.expires_at) is None
    assert OutboxEvent.objects.filter(name__contains="MemberInvited").exists()
    assert AuditEvent.objects.filter(action="member-invited", subject_id=str(offer.pk)).exists()


def test_a_second_invitation_ends_the_first(business: Business, owner: Person) -> None:
    first, second = invite(business, owner), invite(business, owner, role=Role.OWNER)
    assert invitation_by_link(token=token_of(first), now=NOW) is None
    assert invitation_by_link(token=token_of(second), now=NOW) == second


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "two@at@example.com"])
def test_what_is_no_address_is_refused(business: Business, owner: Person, email: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        invite(business, owner, email)
    assert refused.value.field == "email"
    assert not Invitation.objects.exists()


def test_a_role_that_does_not_exist_is_refused(business: Business, owner: Person) -> None:
    with pytest.raises(RoleUnknown):
        invite(business, owner, role="emperor")


def test_whoever_works_here_is_not_invited_again(
    business: Business, owner: Person, nuria: Account
) -> None:
    accept_invitation(invitation=invite(business, owner), account=nuria, by=owner.actor, now=NOW)
    with pytest.raises(AlreadyMember):
        invite(business, owner)


def test_only_the_invited_address_can_accept_and_only_once(
    business: Business, owner: Person, nuria: Account
) -> None:
    offer = invite(business, owner)
    with pytest.raises(InvitationForAnother):
        accept_invitation(invitation=offer, account=owner.account, by=owner.actor, now=NOW)
    membership = accept_invitation(invitation=offer, account=nuria, by=owner.actor, now=NOW)
    assert (membership.role, membership.account) == (Role.FRONT_DESK, nuria)
    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=offer, account=nuria, by=owner.actor, now=NOW)


def test_withdrawing_closes_the_link_and_says_when_it_was_closed(
    business: Business, owner: Person, nuria: Account
) -> None:
    offer = invite(business, owner)
    assert withdraw_invitation(invitation=offer, by=owner.actor, now=NOW) is True
    assert withdraw_invitation(invitation=offer, by=owner.actor, now=NOW) is False
    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=offer, account=nuria, by=owner.actor, now=NOW)


def test_a_role_is_changed_with_the_calendar_it_shows(
    business: Business, owner: Person, desk: Person, professional: Professional
) -> None:
    change_role(
        membership=desk.membership,
        role=Role.PROFESSIONAL,
        professional=professional,
        by=owner.actor,
        now=NOW,
    )
    kept = Membership.objects.get(pk=desk.membership.pk)
    assert (kept.role, kept.professional) == (Role.PROFESSIONAL, professional)
    professional.refresh_from_db()
    assert professional.account == desk.account
    with pytest.raises(RoleUnknown):
        change_role(membership=kept, role="emperor", by=owner.actor, now=NOW)


def test_the_last_owner_stays_owner(business: Business, owner: Person, desk: Person) -> None:
    with pytest.raises(LastOwner):
        change_role(membership=owner.membership, role=Role.FRONT_DESK, by=owner.actor, now=NOW)
    with pytest.raises(LastOwner):
        end_membership(membership=owner.membership, by=owner.actor, now=NOW)
    change_role(membership=desk.membership, role=Role.OWNER, by=owner.actor, now=NOW)
    end_membership(membership=owner.membership, by=owner.actor, now=NOW)
    assert [one.account for one in Membership.objects.filter(ended_at__isnull=True)] == [
        desk.account
    ]


def test_the_owner_of_another_business_does_not_count(
    business: Business, owner: Person, outsider: Person
) -> None:
    with business_scope(business.pk), pytest.raises(LastOwner):
        end_membership(membership=owner.membership, by=owner.actor, now=NOW)
