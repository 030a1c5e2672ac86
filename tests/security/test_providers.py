"""Signing in elsewhere (AUT-07, ACC-02, rows 26 and 27): a provider that lies, and people who lie in wait.

The provider is our own (`tests/kit/provider.py`); it keeps the protocol until it is told to break it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from tests import factories
from tests.kit.provider import Lie, Person, Provider, running_provider
from tests.web.mails import delivered, text_of

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.models import Account

PASSWORD = "four calm green otters"


@pytest.fixture(autouse=True)
def _monday_morning(db: None) -> Iterator[time_machine.Coordinates]:
    cache.clear()
    with time_machine.travel(factories.NOW, tick=False) as clock:
        yield clock


@pytest.fixture(scope="module")
def house() -> Iterator[Provider]:
    with running_provider() as one:
        yield one


@pytest.fixture
def provider(house: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The operator has configured it, and believes what it says about mailboxes."""
    house.person, house.lie = Person(), Lie()
    monkeypatch.setattr(settings, "SOCIAL_PROVIDERS", [house.settings()])
    return house


def make(email: str = "ana@example.com") -> Account:
    return create_account(
        email=email, name="Ana", password=PASSWORD, language="en",
        by=factories.SYSTEM, now=factories.NOW,
    )  # fmt: skip


def make_unproved(email: str = "ana@example.com") -> Account:
    """Somebody signed up with an address they never proved, and knows the password."""
    account = make(email)
    EmailAddress.objects.filter(user=account).update(verified=False)
    Account.objects.filter(pk=account.pk).update(expires_at=factories.NOW + timedelta(days=7))
    return account


def leave(browser: Client, key: str = "own", **body: str) -> str:
    """Press the button; return the address at the provider."""
    page = browser.post(f"/client/with/{key}/", body)
    assert page.status_code == 200, page
    return str(page.context["url"])


def arrive(browser: Client, back: str) -> HttpResponse:
    return browser.get(back.removeprefix(settings.PUBLIC_URL))


def sign_in(browser: Client, provider: Provider, **body: str) -> HttpResponse:
    return arrive(browser, provider.approve(leave(browser, **body)))


def who(browser: Client) -> str:
    """The address of whoever is in, or nothing."""
    key = browser.session.get("_auth_user_id")
    return Account.objects.get(pk=key).email if key else ""


# --- the way that is meant ----------------------------------------------------------------------


@pytest.mark.req("S3.15", "AUT-07")
def test_a_new_person_gets_an_account_and_comes_back_to_it(provider: Provider) -> None:
    browser = Client(headers={"accept-language": "it"})
    sign_in(browser, provider)
    account = Account.objects.get()
    assert who(browser) == "ana@example.com"
    assert (account.name, account.language) == ("Ana Prueba", "it")
    assert account.created_at == factories.NOW
    assert account.expires_at is None
    again = Client()
    sign_in(again, provider)
    assert who(again) == "ana@example.com"
    assert Account.objects.count() == 1


@pytest.mark.req("S3.15")
def test_without_configuration_there_is_no_button_and_no_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "SOCIAL_PROVIDERS", [])
    browser = Client()
    for key in ("google", "facebook", "own", "openid_connect"):
        assert browser.post(f"/client/with/{key}/").status_code == 404
        assert browser.get(f"/client/with/{key}/back/?code=1&state=2").status_code == 404


def test_a_link_alone_sends_nobody_anywhere(provider: Provider) -> None:
    assert Client().get("/client/with/own/").status_code == 405


def test_the_way_there_is_a_page_of_ours_so_no_form_may_leave_the_site(provider: Provider) -> None:
    page = Client().post("/client/with/own/")
    assert "form-action 'self'" in page["Content-Security-Policy"]
    assert 'http-equiv="refresh"' in page.text


def test_only_what_is_shown_is_kept(provider: Provider) -> None:
    """No token, no picture, no other name: the link is an identity and the address its owner is shown."""
    provider.person = Person(more={"picture": "https://x.example/p.png", "locale": "it"})
    sign_in(Client(), provider)
    assert SocialAccount.objects.get().extra_data == {"email": "ana@example.com"}
    assert not SocialToken.objects.exists()


def test_next_leads_within_this_site_only(provider: Provider) -> None:
    browser = Client()
    assert sign_in(browser, provider, next="/fisio/")["location"] == "/fisio/"
    other = Client()
    answer = sign_in(other, provider, next="https://evil.example/")
    assert "evil" not in answer["location"]


# --- AUT-07: state, nonce, PKCE, mix-up, redirect address ------------------------------------------


@pytest.mark.req("AUT-07")
def test_what_is_asked_is_bound_to_this_browser_and_this_log_in(provider: Provider) -> None:
    first, second = leave(Client()), leave(Client())
    asked, other = (dict(parse_qsl(urlsplit(url).query)) for url in (first, second))
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{settings.PUBLIC_URL}/client/with/own/back/"
    assert asked["response_type"] == "code"
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name]) >= 16
        assert asked[name] != other[name]


@pytest.mark.req("AUT-07", "AUT-03")
def test_neither_host_nor_link_moves_the_redirect_address(provider: Provider) -> None:
    tricks = {
        "auth_params": urlencode({"redirect_uri": "https://evil.example/", "nonce": "mine"}),
        "scope": "everything",
        "redirect_uri": "https://evil.example/",
    }
    browser = Client()
    page = browser.post(
        f"/client/with/own/?{urlencode(tricks)}",
        headers={"host": "localhost:9", "x-forwarded-host": "evil.example"},
    )
    asked = parse_qs(urlsplit(page.context["url"]).query)
    assert asked["redirect_uri"] == [f"{settings.PUBLIC_URL}/client/with/own/back/"]
    assert sorted(asked["scope"][0].split()) == ["email", "openid", "profile"]
    assert asked["nonce"] != ["mine"]


@pytest.mark.req("AUT-07")
@pytest.mark.parametrize("state", ["", "wrong", None])
def test_an_answer_to_no_question_of_this_browser_is_refused(
    provider: Provider, state: str | None
) -> None:
    """Log-in forgery: the attacker's own answer, brought by the victim's browser."""
    back = provider.approve(leave(Client()))
    asked = dict(parse_qsl(urlsplit(back).query))
    if state is not None:
        asked["state"] = state
    victim = Client()
    leave(victim)
    answer = victim.get(f"/client/with/own/back/?{urlencode(asked)}")
    assert answer.status_code == 401
    assert who(victim) == ""


@pytest.mark.req("AUT-07")
def test_an_answer_counts_once(provider: Provider) -> None:
    provider.lie = Lie(reuses_codes=True)
    browser = Client()
    back = provider.approve(leave(browser))
    arrive(browser, back)
    browser.post("/client/logout")
    assert arrive(browser, back).status_code == 401
    assert who(browser) == ""


@pytest.mark.req("AUT-07")
def test_a_stolen_code_is_worth_nothing_in_another_browser(provider: Provider) -> None:
    """PKCE and nonce: the code of Ana's log-in, brought with the thief's own state."""
    stolen = dict(parse_qsl(urlsplit(provider.approve(leave(Client()))).query))
    thief = Client()
    own = dict(parse_qsl(urlsplit(leave(thief)).query))
    answer = thief.get(
        f"/client/with/own/back/?{urlencode({'code': stolen['code'], 'state': own['state']})}"
    )
    assert answer.status_code == 401
    assert who(thief) == ""


LIES: dict[str, Lie] = {
    "another nonce": Lie(claims={"nonce": "of another log-in"}),
    "no nonce": Lie(claims={"nonce": None}),
    "another issuer": Lie(claims={"iss": "https://evil.example"}),
    "no issuer": Lie(claims={"iss": None}),
    "another audience": Lie(claims={"aud": "somebody-else"}),
    "given to another": Lie(claims={"azp": "somebody-else"}),
    "for several, given to nobody": Lie(claims={"aud": ["clientela-test", "somebody-else"]}),
    "over": Lie(claims={"exp": int(factories.NOW.timestamp()) - 120}),
    "not yet": Lie(claims={"iat": int(factories.NOW.timestamp()) + 600}),
    "without end": Lie(claims={"exp": None}),
    "nobody": Lie(claims={"sub": ""}),
    "no subject": Lie(claims={"sub": None}),
    "unsigned": Lie(algorithm="none"),
    "signed with what both know": Lie(algorithm="HS256"),
    "signed by a stranger": Lie(other_key=True),
    "no token at all": Lie(no_token=True),
    "userinfo of another": Lie(email_only_in_userinfo=True, userinfo_sub="person-2"),
}


@pytest.mark.req("AUT-07")
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_token_that_is_not_for_this_log_in_lets_nobody_in(provider: Provider, lie: Lie) -> None:
    provider.lie = lie
    browser = Client()
    answer = sign_in(browser, provider)
    assert answer.status_code == 401
    assert who(browser) == ""
    assert not Account.objects.exists()


def test_a_provider_that_says_the_address_elsewhere_is_heard(provider: Provider) -> None:
    """The control of the last lie: the same way, with the right subject."""
    provider.lie = Lie(email_only_in_userinfo=True)
    browser = Client()
    sign_in(browser, provider)
    assert who(browser) == "ana@example.com"


@pytest.mark.req("AUT-07")
def test_a_document_of_another_issuer_is_refused_before_anybody_leaves(provider: Provider) -> None:
    provider.lie = Lie(issuer_in_document="https://evil.example")
    answer = Client().post("/client/with/own/")
    assert answer.status_code == 401
    assert "http-equiv" not in answer.text


@pytest.mark.req("AUT-07")
@pytest.mark.parametrize("said", ["https://evil.example", "", None])
def test_an_answer_of_another_provider_is_refused(provider: Provider, said: str | None) -> None:
    """Mix-up: the provider says who answers (RFC 9207), so an answer must say it, and rightly."""
    provider.lie = Lie(says_iss=True)
    browser = Client()
    back = provider.approve(leave(browser))
    asked = dict(parse_qsl(urlsplit(back).query))
    del asked["iss"]
    if said is not None:
        asked["iss"] = said
    assert browser.get(f"/client/with/own/back/?{urlencode(asked)}").status_code == 401
    assert who(browser) == ""


@pytest.mark.req("AUT-07")
def test_the_state_of_one_provider_is_nothing_at_another(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [provider.settings(), provider.settings(key="second", name="Second House")]
    monkeypatch.setattr(settings, "SOCIAL_PROVIDERS", both)
    browser = Client()
    back = provider.approve(leave(browser))
    answer = arrive(browser, back.replace("/with/own/", "/with/second/"))
    assert answer.status_code == 401
    assert who(browser) == ""


@pytest.mark.parametrize("error", ["access_denied", "server_error"])
def test_who_says_no_over_there_is_told_that_nothing_happened(
    provider: Provider, error: str
) -> None:
    browser = Client()
    state = dict(parse_qsl(urlsplit(leave(browser)).query))["state"]
    answer = browser.get(f"/client/with/own/back/?error={error}&state={state}", follow=True)
    assert answer.status_code == {"access_denied": 200, "server_error": 401}[error]
    assert who(browser) == ""


def test_a_provider_that_is_away_breaks_nothing(provider: Provider) -> None:
    away = provider.settings(issuer="http://127.0.0.1:9")
    settings.SOCIAL_PROVIDERS[:] = [away]
    assert Client().post("/client/with/own/").status_code == 401
    assert Client().get("/client/with/own/back/?code=1&state=2").status_code == 401


# --- row 26: who somebody is does not change with what they are called ------------------------------


@pytest.mark.req("AUT-07", "CVE-2025-65431")
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


@pytest.mark.req("AUT-07", "CVE-2025-65431")
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


# --- what an address proves ---------------------------------------------------------------------------


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


# --- row 27, ACC-02: those who lie in wait -----------------------------------------------------------


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


# --- connecting ------------------------------------------------------------------------------------------


def known_browser() -> Client:
    browser = Client()
    browser.post("/client/login", {"login": "ana@example.com", "password": PASSWORD})
    browser.post("/client/login/again", {"password": PASSWORD})
    return browser


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


# --- Facebook -------------------------------------------------------------------------------------------------


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
