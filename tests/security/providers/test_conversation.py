"""The conversation with a provider (AUT-07): the way that is meant, and a provider that lies.

The provider is our own (`tests/kit/provider.py`); it keeps the protocol until it is told to break it.
"""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings
from django.test import Client
from tests import factories
from tests.kit.provider import Lie, Person, Provider
from tests.security.elsewhere import arrive, leave, sign_in, who

from clientela.accounts.models import Account


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


def test_steps_are_counted_so_that_nobody_has_us_knock_at_a_provider(provider: Provider) -> None:
    thief = Client(REMOTE_ADDR="203.0.113.9")
    answers = [thief.get("/client/with/own/back/?state=x").status_code for _ in range(61)]
    assert answers == [401] * 60 + [429]
    assert thief.post("/client/with/own/").status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.10").post("/client/with/own/").status_code == 200


def test_nothing_of_the_way_is_kept_by_a_browser(provider: Provider) -> None:
    page = Client().post("/client/with/own/")
    assert "no-store" in page["Cache-Control"]
