"""Links to accounts elsewhere: made and let go by their owner alone, and Facebook, whose addresses prove nothing."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client
from tests import factories
from tests.kit.provider import Lie, Person, Provider
from tests.security.elsewhere import PASSWORD, arrive, known_browser, leave, make, sign_in, who
from tests.web.mails import delivered, link_of

from clientela.accounts.models import Account


@pytest.mark.req("S3.15")
def test_who_is_in_connects_and_lets_go_and_is_told_by_mail(
    provider: Provider, django_capture_on_commit_callbacks: Any
) -> None:
    make()
    provider.person = Person(email="elsewhere@example.net", email_verified=False)
    browser = known_browser()
    answer = sign_in(browser, provider, process="connect")
    assert answer["location"] == "/client/security/connections/"
    page = browser.get("/client/security/connections/")
    assert "elsewhere@example.net" in page.text
    other = Client()
    sign_in(other, provider)
    assert who(other) == "ana@example.com"
    key = SocialAccount.objects.get().pk
    browser.post("/client/security/connections/", {"remove": str(key)})
    assert not SocialAccount.objects.exists()
    assert len(delivered("ana@example.com")) == 2


def test_connecting_wants_fresh_proof_and_a_person(provider: Provider) -> None:
    account = make()
    assert Client().post("/client/with/own/", {"process": "connect"}).status_code == 404
    browser = Client()
    browser.force_login(account)
    answer = browser.post("/client/with/own/", {"process": "connect"})
    assert answer["location"].startswith("/client/login/again?next=")
    link = SocialAccount.objects.create(user=account, provider="own", uid="x")
    answer = browser.post("/client/security/connections/", {"remove": str(link.pk)})
    assert answer["location"].startswith("/client/login/again?next=")


def test_nobody_lets_go_of_anothers_link(provider: Provider) -> None:
    make()
    other = make("luz@example.com")
    link = SocialAccount.objects.create(user=other, provider="own", uid="x")
    browser = known_browser()
    for given in (str(link.pk), "", "x", "²"):
        answer = browser.post("/client/security/connections/", {"remove": given})
        assert answer.status_code == 404
    assert SocialAccount.objects.filter(pk=link.pk).exists()


def test_the_last_way_in_cannot_be_let_go(provider: Provider) -> None:
    account = make()
    account.set_unusable_password()
    account.save()
    EmailAddress.objects.filter(user=account).update(verified=False)
    link = SocialAccount.objects.create(user=account, provider="own", uid="x")
    browser = Client()
    browser.force_login(account)
    session = browser.session
    session["account_authentication_methods"] = [
        {"method": "socialaccount", "at": factories.NOW.timestamp()}
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    answer = browser.post("/client/security/connections/", {"remove": str(link.pk)})
    assert answer.status_code == 422
    assert SocialAccount.objects.filter(pk=link.pk).exists()


def test_a_link_of_another_account_is_not_moved(provider: Provider) -> None:
    sign_in(Client(), provider)
    make("luz@example.com")
    browser = Client()
    browser.post("/client/login", {"login": "luz@example.com", "password": PASSWORD})
    browser.post("/client/login/again", {"password": PASSWORD})
    sign_in(browser, provider, process="connect")
    assert SocialAccount.objects.get().user.email == "ana@example.com"


# --- Facebook ----------------------------------------------------------------------------------------


@pytest.fixture
def facebook(house: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """Our provider in Facebook's clothes: it knows an id, and its addresses prove nothing."""
    house.person, house.lie = Person(), Lie(no_token=True)
    line = house.settings(key="facebook", kind="facebook", name="Facebook", proves_email="never")
    monkeypatch.setattr(settings, "SOCIAL_PROVIDERS", [line])
    monkeypatch.setattr(settings, "FACEBOOK_DIALOG", f"{house.url}/dialog", raising=False)
    monkeypatch.setattr(settings, "FACEBOOK_GRAPH", house.url, raising=False)
    return house


@pytest.mark.req("S3.15", "AUT-07")
def test_facebook_says_who_it_is_and_our_mail_proves_the_address(facebook: Provider) -> None:
    browser = Client()
    arrive(browser, facebook.approve(leave(browser, "facebook")))
    assert who(browser) == ""
    account = Account.objects.get()
    assert account.expires_at is not None
    EmailAddress.objects.update(verified=True)
    Account.objects.update(expires_at=None)
    again = Client()
    arrive(again, facebook.approve(leave(again, "facebook")))
    assert who(again) == "ana@example.com"
    assert any("appsecret_proof=" in path for path in facebook.asked)
    assert not any("client_secret" in path or "access_token=" in path for path in facebook.asked)


def test_who_has_no_address_at_facebook_is_asked_for_one(facebook: Provider) -> None:
    facebook.person = Person(email="")
    browser = Client(headers={"accept-language": "en"})
    answer = arrive(browser, facebook.approve(leave(browser, "facebook")))
    assert answer["location"] == "/client/with/address/"
    page = browser.get("/client/with/address/")
    assert "Your email, please" in page.text
    kept = str(dict(browser.session))
    assert not any(token in kept for token in facebook.tokens)
    browser.post("/client/with/address/", {"email": "ana@example.org"})
    account = Account.objects.get()
    assert (account.email, account.name) == ("ana@example.org", "Ana Prueba")
    assert account.expires_at is not None
    assert who(browser) == ""


@pytest.mark.req("ACC-02", "AUT-07")
@pytest.mark.parametrize("same_browser", [True, False])
def test_a_link_made_before_the_proof_is_kept_only_by_the_browser_that_made_it(
    facebook: Provider, same_browser: bool
) -> None:
    """Row 27: somebody at Facebook enters the victim's address; the victim proves her mailbox."""
    stranger = Client()
    arrive(stranger, facebook.approve(leave(stranger, "facebook")))
    (mail,) = delivered("ana@example.com")
    path = link_of(mail).removeprefix(settings.PUBLIC_URL)
    browser = stranger if same_browser else Client()
    browser.post(path)
    assert who(browser) == "ana@example.com"
    assert SocialAccount.objects.exists() is same_browser
    again = Client()
    arrive(again, facebook.approve(leave(again, "facebook")))
    assert who(again) == ("ana@example.com" if same_browser else "")
