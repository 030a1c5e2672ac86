"""Staff and roles at the desk: inviting, sending again, withdrawing, changing and ending."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from tests.cast import Person
from tests.web.desk.settings.conftest import SETTINGS, browser_of
from tests.web.mails import delivered, link_of

from clientela.business.models import Invitation, Membership, Professional, Role

TEAM = f"{SETTINGS}team/"


def test_the_team_lists_who_may_sign_in_and_who_was_invited(
    as_owner: Client, desk: Person, outsider: Person
) -> None:
    as_owner.post(f"{TEAM}invite/", {"email": "nuria@example.com", "role": "front_desk"})
    text = as_owner.get(TEAM).text
    assert "owner@example.com" in text
    assert "desk@example.com" in text
    assert "nuria@example.com" in text
    assert "outsider" not in text


def test_an_invitation_is_mailed_sent_again_and_withdrawn(as_owner: Client) -> None:
    answer = as_owner.post(f"{TEAM}invite/", {"email": "nuria@example.com", "role": "front_desk"})
    assert answer["location"] == TEAM
    assert "is on its way to nuria@example.com" in as_owner.get(TEAM).text
    offer = Invitation.objects.get()
    assert len(delivered("nuria@example.com")) == 1
    as_owner.post(f"{TEAM}invitations/{offer.pk}/resend/")
    first, second = delivered("nuria@example.com")
    assert link_of(first) != link_of(second)
    newer = Invitation.objects.get(withdrawn_at__isnull=True)
    assert as_owner.post(f"{TEAM}invitations/{offer.pk}/resend/").status_code == 404
    as_owner.post(f"{TEAM}invitations/{newer.pk}/withdraw/")
    assert not Invitation.objects.filter(withdrawn_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "x"}, "email"),
        ({"role": "emperor"}, "role"),
        ({"role": "professional"}, "professional"),
        ({"email": "desk@example.com"}, "email"),
    ],
)
def test_an_invitation_that_cannot_be_sent_is_explained(
    as_owner: Client, desk: Person, given: dict[str, str], field: str
) -> None:
    EmailAddress.objects.create(user=desk.account, email=desk.account.email, verified=True)
    answer = as_owner.post(
        f"{TEAM}invite/",
        {"email": "nuria@example.com", "name": "Nuria", "role": "front_desk", **given},
    )
    assert answer.status_code == 422
    assert f'{field}-error"' in answer.text
    assert 'value="Nuria"' in answer.text
    assert not Invitation.objects.exists()


def test_a_role_is_changed_with_its_calendar_and_holds_at_once(
    as_owner: Client, desk: Person, professional: Professional
) -> None:
    theirs = browser_of(desk)
    page = f"{TEAM}{desk.membership.pk}/"
    assert as_owner.get(page).status_code == 200
    assert "id_professional-error" in as_owner.post(page, {"role": "professional"}).text
    as_owner.post(page, {"role": "professional", "professional": str(professional.pk)})
    kept = Membership.objects.get(pk=desk.membership.pk)
    assert (kept.role, kept.professional) == (Role.PROFESSIONAL, professional)
    assert theirs.get(f"{SETTINGS}time-off/").status_code == 404


def test_the_last_owner_can_neither_step_down_nor_leave(as_owner: Client, owner: Person) -> None:
    page = f"{TEAM}{owner.membership.pk}/"
    answer = as_owner.post(page, {"role": "front_desk"})
    assert answer.status_code == 422
    assert "A business needs an owner" in answer.text
    answer = as_owner.post(f"{page}end/")
    assert answer.status_code == 422
    assert "A business needs an owner" in answer.text
    assert as_owner.get(TEAM).status_code == 200


def test_ending_says_first_what_it_does_and_holds_at_once(as_owner: Client, desk: Person) -> None:
    theirs = browser_of(desk)
    page = f"{TEAM}{desk.membership.pk}/end/"
    assert "sees nothing here any more" in as_owner.get(page).text
    assert theirs.get(f"{SETTINGS}time-off/").status_code == 200
    assert as_owner.post(page)["location"] == TEAM
    assert theirs.get(f"{SETTINGS}time-off/").status_code == 404
    assert as_owner.post(page).status_code == 404


def test_one_of_two_owners_may_leave(as_owner: Client, owner: Person, desk: Person) -> None:
    Membership.objects.filter(pk=desk.membership.pk).update(role=Role.OWNER)
    assert as_owner.post(f"{TEAM}{owner.membership.pk}/end/")["location"] == "/desk/"
    assert as_owner.get(TEAM).status_code == 404


def test_members_of_next_door_are_out_of_reach(as_owner: Client, outsider: Person) -> None:
    for page in ("", "end/"):
        assert (
            as_owner.post(f"{TEAM}{outsider.membership.pk}/{page}", {"role": "owner"}).status_code
            == 404
        )


@pytest.mark.parametrize("page", ["", "invite/"])
def test_only_owners_reach_the_team(as_desk: Client, as_professional: Client, page: str) -> None:
    for client in (as_desk, as_professional):
        assert client.get(TEAM + page).status_code == 404
        assert client.post(
            TEAM + page, {"email": "x@example.com", "role": "owner"}
        ).status_code in {404, 405}
    assert not Invitation.objects.exists()
