"""The mails of households: one asks, two hear of the yes and of silence, and nobody of a no or of leaving."""

from __future__ import annotations

import pytest
from tests.factories import NOW
from tests.people.persons import person

from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.mail_household import mail_household_answered, mail_household_asked
from clientela.notify.models import AccountMail
from clientela.people.actions.ask_household import ask_household
from clientela.people.household_links import token_of
from clientela.people.models import HouseholdInvitation
from clientela.platform import sealed
from clientela.platform.actor import Actor

pytestmark = pytest.mark.django_db
PARTS = ("accepted_at", "refused_at", "withdrawn_at", "expired_at")


@pytest.fixture
def asked() -> HouseholdInvitation:
    ana = person("ana@example.com", "Ana Prueba", language="es")
    return ask_household(account=ana, email="luis@example.com", by=Actor.client(ana.pk), now=NOW)


def told() -> dict[str, AccountLetter]:
    return {one.address: _letter(one) for one in AccountMail.objects.all()}


def _letter(mail: AccountMail) -> AccountLetter:
    assert mail.parcel_id is not None
    return AccountLetter.from_plain(sealed.open_kept(mail.parcel_id))


def test_the_mailbox_that_was_named_is_asked_in_the_language_of_who_asks(
    asked: HouseholdInvitation,
) -> None:
    mail_household_asked(invitation_id=asked.pk, now=NOW)
    ((address, letter),) = told().items()
    assert address == "luis@example.com"
    assert letter.language == "es"
    assert letter.link.endswith(f"/client/household/invitation/{token_of(asked)}/")
    assert "ana@" in letter.sentences[0]
    assert "Ana" not in " ".join(letter.sentences)


@pytest.mark.parametrize("part", PARTS)
def test_what_is_over_asks_nobody_and_only_a_yes_and_silence_are_told(
    asked: HouseholdInvitation, part: str
) -> None:
    luis = person("luis@example.com", "Luis Prueba", language="it")
    setattr(asked, part, NOW)
    asked.accepted_by = luis if part == "accepted_at" else None
    asked.save()
    mail_household_asked(invitation_id=asked.pk, now=NOW)
    assert told() == {}
    mail_household_answered(invitation_id=asked.pk, now=NOW)
    both = {"ana@example.com", "luis@example.com"}
    assert set(told()) == (both if part in {"accepted_at", "expired_at"} else set())
    if part == "accepted_at":
        assert [told()[one].language for one in sorted(both)] == ["es", "it"]
        assert "luis@" in told()["ana@example.com"].sentences[0]


def test_an_invitation_that_is_gone_is_told_to_nobody(asked: HouseholdInvitation) -> None:
    key = asked.pk
    asked.delete()
    mail_household_asked(invitation_id=key, now=NOW)
    mail_household_answered(invitation_id=key, now=NOW)
    assert told() == {}
