"""An invitation: a single-use link that gives a role and never touches an account that exists."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from tests import factories
from tests.cast import Person
from tests.web.checksum import checksum
from tests.web.mails import delivered, link_of
from tests.web.sign_in.conftest import PASSWORD

from clientela.accounts.models import Account
from clientela.business.actions.end_membership import end_membership
from clientela.business.actions.invite_member import invite_member
from clientela.business.actions.withdraw_invitation import withdraw_invitation
from clientela.business.invitations import invitation_url
from clientela.business.models import Business, Invitation, Membership, Professional, Role
from clientela.platform.tenancy import business_scope

NEW = {"name": "Nuria", "password": "seven brave blue herons"}


@pytest.fixture
def offer(business: Business, owner: Person) -> Invitation:
    """A role at the front desk, offered to an address that nobody signs in with."""
    return invite(business, owner, "nuria@example.com")


def invite(
    business: Business, owner: Person, email: str, role: str = Role.FRONT_DESK, **more: Professional
) -> Invitation:
    return invite_member(
        business=business,
        email=email,
        name="Nuria",
        role=role,
        by=owner.actor,
        now=factories.NOW,
        **more,
    )


def path_of(offer: Invitation) -> str:
    return invitation_url(offer, slug=offer.business.slug).removeprefix(settings.PUBLIC_URL)


def test_the_mail_brings_the_link_and_the_link_makes_a_log_in_with_the_role(
    visitor: Client, business: Business, offer: Invitation
) -> None:
    (mail,) = delivered("nuria@example.com")
    path = link_of(mail).removeprefix(settings.PUBLIC_URL)
    assert path == path_of(offer)
    page = visitor.get(path)
    assert "Fisio Retiro" in page.text
    assert "nuria@example.com" in page.text
    answer = visitor.post(path, NEW)
    assert answer["location"] == "/desk/fisio-retiro/"
    assert visitor.get("/desk/fisio-retiro/").status_code == 200
    account = Account.objects.get(email="nuria@example.com")
    assert account.check_password(NEW["password"])
    with business_scope(business.pk):
        assert Membership.objects.get(account=account).role == Role.FRONT_DESK


def test_opening_the_link_changes_nothing(visitor: Client, offer: Invitation) -> None:
    before = checksum()
    for _ in range(2):
        assert visitor.get(path_of(offer)).status_code == 200
        assert visitor.head(path_of(offer)).status_code == 200
    assert checksum() == before


def test_the_link_works_once(visitor: Client, offer: Invitation) -> None:
    path = path_of(offer)
    visitor.post(path, NEW)
    assert Client().get(path).status_code == 404
    assert Client().post(path, NEW).status_code == 404


def test_a_link_that_is_withdrawn_old_or_wrong_looks_like_none(
    visitor: Client, business: Business, owner: Person, offer: Invitation
) -> None:
    path = path_of(offer)
    with time_machine.travel(factories.NOW + timedelta(days=7), tick=False):
        assert visitor.get(path).status_code == 404
    assert visitor.get(path[:-2] + "/").status_code == 404
    assert visitor.get(path.lower() if path != path.lower() else path.upper()).status_code == 404
    assert visitor.get(path).status_code == 200
    with business_scope(business.pk):
        withdraw_invitation(invitation=offer, by=owner.actor, now=factories.NOW)
    assert visitor.get(path).status_code == 404


def test_the_link_of_one_business_is_nothing_in_another(
    visitor: Client, offer: Invitation, next_door: Business
) -> None:
    assert visitor.get(path_of(offer).replace("fisio-retiro", next_door.slug)).status_code == 404


def test_a_weak_password_is_explained_and_nothing_typed_is_lost(
    visitor: Client, offer: Invitation
) -> None:
    answer = visitor.post(path_of(offer), {"name": "Nuria Prueba", "password": "short"})
    assert "id_password-error" in answer.text
    assert 'value="Nuria Prueba"' in answer.text
    assert not Account.objects.filter(email="nuria@example.com").exists()
    assert visitor.get(path_of(offer)).status_code == 200


def test_an_account_that_exists_is_never_touched(
    visitor: Client, business: Business, owner: Person, account: Account
) -> None:
    """trust.md row 2: an invitation must not overwrite the password of whoever has the address."""
    elsewhere = Client()
    elsewhere.force_login(account)
    before = (account.password, account.name, account.last_login)
    with business_scope(business.pk):
        path = path_of(invite(business, owner, "OLGA@example.com"))
    answer = visitor.post(path, {"name": "Impostor", "password": "seven brave blue herons"})
    assert answer.status_code == 302
    assert answer["location"].startswith("/client/login")
    account.refresh_from_db()
    assert (account.password, account.name, account.last_login) == before
    assert elsewhere.get("/desk/").status_code == 200
    with business_scope(business.pk):
        assert not Membership.objects.filter(account=account).exists()


def test_whoever_has_an_account_signs_in_and_accepts(
    visitor: Client, business: Business, owner: Person, account: Account
) -> None:
    with business_scope(business.pk):
        path = path_of(invite(business, owner, "olga@example.com"))
    to_sign_in = visitor.get(path)
    answer = visitor.post(
        "/client/login", {"login": "olga@example.com", "password": PASSWORD, "next": path}
    )
    assert to_sign_in["location"].startswith("/client/login")
    assert answer["location"] == path
    assert "Accept" in visitor.get(path).text
    assert visitor.post(path)["location"] == "/desk/fisio-retiro/"
    with business_scope(business.pk):
        assert Membership.objects.get(account=account).role == Role.FRONT_DESK


def test_somebody_else_who_is_signed_in_cannot_take_it(
    visitor: Client, business: Business, owner: Person, account: Account, outsider: Person
) -> None:
    with business_scope(business.pk):
        path = path_of(invite(business, owner, "olga@example.com"))
    visitor.force_login(outsider.account)
    assert "signed in with another address" in visitor.get(path).text
    assert "signed in with another address" in visitor.post(path).text
    with business_scope(business.pk):
        assert not Membership.objects.filter(account=outsider.account).exists()


def test_a_professional_accepts_and_finds_their_own_calendar(
    visitor: Client, business: Business, owner: Person, professional: Professional
) -> None:
    path = path_of(
        invite(business, owner, "irene@example.com", Role.PROFESSIONAL, professional=professional)
    )
    visitor.post(path, NEW)
    account = Account.objects.get(email="irene@example.com")
    with business_scope(business.pk):
        assert Membership.objects.get(account=account).professional == professional
        professional.refresh_from_db()
        assert professional.account == account


def test_the_next_request_of_somebody_taken_off_the_desk_finds_nothing(
    visitor: Client, business: Business, owner: Person, desk: Person
) -> None:
    visitor.force_login(desk.account)
    assert visitor.get("/desk/fisio-retiro/").status_code == 200
    with business_scope(business.pk):
        end_membership(membership=desk.membership, by=owner.actor, now=factories.NOW)
    assert visitor.get("/desk/fisio-retiro/").status_code == 404
