"""What the operator sets is what is offered: nothing half, nothing by surprise."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from environs import Env
from tests.factories import NOW

from clientela.settings.providers import social_providers
from clientela.web.security.checks import passkeys_can_be_made, providers_are_whole
from clientela.web.security.factors import passkeys_are_offered
from clientela.web.security.providers.configured import Provider

ALL = {
    "CLIENTELA_GOOGLE_ID": "g",
    "CLIENTELA_GOOGLE_SECRET": "gs",
    "CLIENTELA_FACEBOOK_ID": "f",
    "CLIENTELA_FACEBOOK_SECRET": "fs",
    "CLIENTELA_OIDC_URL": "https://id.example/realms/us/",
    "CLIENTELA_OIDC_ID": "o",
    "CLIENTELA_OIDC_SECRET": "os",
}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Read providers from these variables alone."""

    def read(**variables: str) -> list[Provider]:
        for name in [*ALL, "CLIENTELA_OIDC_NAME", "CLIENTELA_OIDC_PROVES_EMAIL"]:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        found = social_providers(Env())
        monkeypatch.setattr(settings, "SOCIAL_PROVIDERS", found)
        return [Provider(**line) for line in found]

    return read


def test_each_provider_is_what_its_variables_say(told: Any) -> None:
    google, facebook, own = told(**ALL)
    assert (google.issuer, google.proves_email) == ("https://accounts.google.com", "google")
    assert (facebook.kind, facebook.proves_email) == ("facebook", "never")
    assert (own.issuer, own.name, own.proves_email) == (
        "https://id.example/realms/us",
        "id.example/realms/us",
        "never",
    )
    *_, trusted = told(**ALL, CLIENTELA_OIDC_NAME="Staff", CLIENTELA_OIDC_PROVES_EMAIL="true")
    assert (trusted.name, trusted.proves_email) == ("Staff", "always")


@pytest.mark.req("S3.15")
def test_a_provider_without_id_has_no_button(told: Any, visitor: Client) -> None:
    assert told(CLIENTELA_GOOGLE_SECRET="x", CLIENTELA_OIDC_URL="https://id.example") == []
    assert "Continue with" not in visitor.get("/client/login").text
    told(**ALL)
    for path in ("/client/login", "/client/create-account"):
        page = visitor.get(path).text
        for name in ("Google", "Facebook", "id.example/realms/us"):
            assert f"Continue with {name}" in page


def test_the_doctor_names_what_is_half(told: Any) -> None:
    told(CLIENTELA_GOOGLE_ID="g", CLIENTELA_FACEBOOK_ID="f", CLIENTELA_FACEBOOK_SECRET="x")
    assert [finding.grade for finding in providers_are_whole(NOW)] == ["warn", "ok"]
    told(CLIENTELA_OIDC_URL="http://id.example", CLIENTELA_OIDC_ID="o", CLIENTELA_OIDC_SECRET="s")
    assert [finding.grade for finding in providers_are_whole(NOW)] == ["warn"]


@pytest.mark.parametrize(
    ("url", "wanted", "offered"),
    [
        ("https://visits.example", True, True),
        ("https://visits.example:8443", True, True),
        ("http://localhost:8000", True, True),
        ("https://visits.example", False, False),
        ("http://visits.example", True, False),
        ("https://192.0.2.1", True, False),
        ("https://[2001:db8::1]", True, False),
        ("http://127.0.0.1:8000", True, False),
    ],
)
def test_passkeys_are_offered_where_browsers_make_them(
    monkeypatch: pytest.MonkeyPatch, url: str, wanted: bool, offered: bool
) -> None:
    monkeypatch.setattr(settings, "PUBLIC_URL", url)
    monkeypatch.setattr(settings, "PASSKEYS", wanted)
    assert passkeys_are_offered() is offered
    is_trial = "127.0.0.1" in url
    assert bool(list(passkeys_can_be_made(NOW))) is (wanted and not offered and not is_trial)
