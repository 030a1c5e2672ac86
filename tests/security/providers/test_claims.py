"""What a provider says of somebody (AUT-07, ACC-02, rows 26 and 27): names and addresses are no keys, and few are proofs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client
from tests import factories
from tests.kit.provider import Person, Provider, running_provider
from tests.security.elsewhere import PASSWORD, make, make_unproved, sign_in, who
from tests.web.mails import delivered, text_of

from clientela.accounts.models import Account
from clientela.people.models import Client as Card


@pytest.mark.req("AUT-07")
def test_a_changed_name_or_address_at_the_provider_is_the_same_person(provider: Provider) -> None:
    browser = Client()
    sign_in(browser, provider)
    provider.person = Person(
        email="other@example.com", name="Somebody Else", preferred_username="boss"
    )
    again = Client()
    sign_in(again, provider)
    assert who(again) == "ana@example.com"
    account = Account.objects.get()
    assert account.name == "Ana Prueba"


@pytest.mark.req("AUT-07")
def test_anothers_name_or_address_at_the_provider_opens_nothing(provider: Provider) -> None:
    sign_in(Client(), provider)
    provider.person = Person(sub="person-2", email="other@example.com")
    thief = Client()
    sign_in(thief, provider)
    assert who(thief) == "other@example.com"
    provider.person = Person(sub="person-3")  # even the address, and proved, as the provider says
    third = Client()
    sign_in(third, provider)
    assert who(third) == ""


@pytest.mark.req("AUT-07")
def test_the_same_subject_of_another_issuer_is_another_person(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator changes the provider behind the same button."""
    sign_in(Client(), provider)
    with running_provider() as other:
        monkeypatch.setattr(settings, "SOCIAL_PROVIDERS", [other.settings()])
        browser = Client()
        sign_in(browser, other)
        assert who(browser) == ""  # the address is taken, and is no key
    assert SocialAccount.objects.count() == 1


# --- what an address proves -----------------------------------------------------------------------


@pytest.mark.req("AUT-07", "ACC-02")
@pytest.mark.parametrize(
    ("proves", "person"),
    [
        ("never", Person()),
        ("always", Person(email_verified=False)),
        ("always", Person(email_verified=None)),
        ("always", Person(email_verified="true")),
        ("google", Person()),
        ("google", Person(more={"hd": "other.example"})),
        ("google", Person(email="ana@gmail.com", email_verified=False)),
    ],
)
def test_an_address_that_is_not_vouched_for_is_proved_by_our_own_mail(
    provider: Provider, proves: str, person: Person
) -> None:
    settings.SOCIAL_PROVIDERS[:] = [provider.settings(proves_email=proves)]
    provider.person = person
    browser = Client()
    sign_in(browser, provider)
    assert who(browser) == ""
    account = Account.objects.get()
    assert account.expires_at == factories.NOW + timedelta(days=7)
    assert not EmailAddress.objects.filter(verified=True).exists()
    assert len(delivered(person.email)) == 1


@pytest.mark.parametrize(
    "person",
    [Person(email="ana@gmail.com"), Person(more={"hd": "example.com"})],
    ids=["its own", "of a house it serves"],
)
def test_google_vouches_for_the_addresses_it_hands_out(provider: Provider, person: Person) -> None:
    settings.SOCIAL_PROVIDERS[:] = [provider.settings(proves_email="google")]
    provider.person = person
    browser = Client()
    sign_in(browser, provider)
    assert who(browser) == person.email


# --- row 27, ACC-02: those who lie in wait ------------------------------------------------------------


@pytest.mark.req("ACC-02", "AUT-07")
def test_whoever_signed_up_before_with_the_victims_address_keeps_nothing(
    provider: Provider,
) -> None:
    """The attacker's password, session, link and factor die when the victim comes by a proved way."""
    waiting = make_unproved()
    attacker = Client()
    attacker.force_login(waiting)
    SocialAccount.objects.create(user=waiting, provider="own", uid="the attacker's")
    victim = Client()
    sign_in(victim, provider)
    assert who(victim) == "ana@example.com"
    assert str(waiting.pk) != victim.session["_auth_user_id"]
    assert not Account.objects.filter(pk=waiting.pk).exists()
    assert attacker.get("/client/security/").status_code == 302
    other = Client()
    other.post("/client/login", {"login": "ana@example.com", "password": PASSWORD})
    assert who(other) == ""
    assert SocialAccount.objects.count() == 1


@pytest.mark.req("ACC-02", "AUT-07")
def test_a_proved_account_is_not_opened_by_an_address_however_proved(provider: Provider) -> None:
    known = make()
    browser = Client()
    sign_in(browser, provider)
    assert who(browser) == ""
    assert not SocialAccount.objects.exists()
    known.refresh_from_db()
    assert known.check_password(PASSWORD)
    (mail,) = delivered("ana@example.com")
    assert text_of(mail)


@pytest.mark.req("ACC-02")
def test_an_unproved_address_does_not_end_an_unproved_account(provider: Provider) -> None:
    """Otherwise anybody could end anybody's fresh account through a provider that checks nothing."""
    settings.SOCIAL_PROVIDERS[:] = [provider.settings(proves_email="never")]
    fresh = make_unproved()
    sign_in(Client(), provider)
    assert Account.objects.filter(pk=fresh.pk).exists()
    assert not SocialAccount.objects.exists()


@pytest.mark.req("AUT-02", "AUT-07")
def test_a_known_and_an_unknown_address_get_the_same_answer(provider: Provider) -> None:
    """Where the provider vouches for nothing, anybody may enter any address there."""
    settings.SOCIAL_PROVIDERS[:] = [provider.settings(proves_email="never")]
    make("known@example.com")
    answers = []
    for number, email in enumerate(("known@example.com", "fresh@example.com")):
        provider.person = Person(sub=f"curious-{number}", email=email)
        browser = Client()
        answer = sign_in(browser, provider)
        answers.append((answer.status_code, answer.get("location"), sorted(browser.cookies)))
    assert answers[0] == answers[1]


@pytest.mark.req("ACC-02")
def test_a_link_in_an_unproved_account_lets_nobody_in(provider: Provider) -> None:
    settings.SOCIAL_PROVIDERS[:] = [provider.settings(proves_email="never")]
    sign_in(Client(), provider)
    again = Client()
    sign_in(again, provider)
    assert who(again) == ""


# --- what it is for ---------------------------------------------------------------------------------


@pytest.mark.req("S3.15", "ACC-02")
@pytest.mark.parametrize(
    ("proves", "name", "finds"),
    [
        ("always", "Ana Prueba", True),
        ("always", "Somebody Else", False),
        ("never", "Ana Prueba", False),
    ],
)
def test_a_guests_card_is_found_by_whom_the_mailbox_and_the_name_fit(
    provider: Provider, client_card: Card, proves: str, name: str, finds: bool
) -> None:
    """The provider's word counts as far as it may: an address it does not vouch for finds nothing."""
    settings.SOCIAL_PROVIDERS[:] = [provider.settings(proves_email=proves)]
    provider.person = Person(name=name)
    sign_in(Client(), provider)
    client_card.refresh_from_db()
    assert (client_card.account_id is not None) is finds
