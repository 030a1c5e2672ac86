"""Whoever opens or closes a way in, the owner of the mailbox reads which one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client
from tests.web.mails import delivered, link_of
from tests.web.security.apps import turn_on

from clientela.accounts.models import Account

BASE = "/client/security/"
SITE = {
    "key": "own",
    "kind": "oidc",
    "name": "Test House",
    "client_id": "x",
    "secret": "y",
    "issuer": "https://id.example",
    "proves_email": "never",
}


def let_go(browser: Client, account: Account) -> None:
    link = SocialAccount.objects.create(user=account, provider="own", uid="x")
    browser.post(f"{BASE}connections/", {"remove": str(link.pk)})


@pytest.mark.parametrize(
    ("do", "subject"),
    [
        (lambda browser, _: turn_on(browser), "Codes from an app were turned on"),
        (
            lambda browser, _: (turn_on(browser), browser.post(f"{BASE}app/off/")),
            "Codes from an app were turned off",
        ),
        (
            lambda browser, _: (turn_on(browser), browser.post(f"{BASE}codes/new/")),
            "New recovery codes were made",
        ),
        (let_go, "An account at Test House was disconnected"),
    ],
)
def test_each_change_is_told_by_its_name(
    do: Callable[[Client, Account], Any],
    subject: str,
    signed_in: Client,
    ana: Account,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(settings, "SOCIAL_PROVIDERS", [SITE])
    with django_capture_on_commit_callbacks(execute=True):
        do(signed_in, ana)
    (mail,) = [one for one in delivered("ana@example.com") if one["subject"] == subject]
    assert link_of(mail) == f"{settings.PUBLIC_URL}{BASE}"
