"""A factor's secret outlives the key it was sealed with, as long as the installation still knows that key for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from tests.web.security.apps import code_for, turn_on_with_secret
from tests.web.security.conftest import PASSWORD

from clientela.accounts.models import Account
from clientela.platform import clock
from clientela.web.security.jobs import renew_seals

OLD, NEW = settings.SECRET_KEY, "another key of the installation " + "y" * 30


def second_step(account: Account, code: str) -> Client:
    browser = Client()
    browser.post("/client/login", {"login": account.email, "password": PASSWORD})
    browser.post("/client/login/second-step", {"code": code})
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


@pytest.mark.parametrize("renewed", [True, False])
def test_a_former_key_may_be_forgotten_once_the_seals_are_renewed(
    signed_in: Client,
    ana: Account,
    monday_morning: time_machine.Coordinates,
    monkeypatch: pytest.MonkeyPatch,
    renewed: bool,
) -> None:
    secret, codes = turn_on_with_secret(signed_in)
    monkeypatch.setattr(settings, "SECRET_KEY", NEW)
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [OLD])
    if renewed:
        assert renew_seals(clock.now()) == 2
        assert renew_seals(clock.now()) == 0
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [])
    monday_morning.shift(timedelta(minutes=5))
    assert is_in(second_step(ana, code_for(secret))) is renewed
    assert is_in(second_step(ana, codes[0])) is renewed
    assert renew_seals(clock.now()) == 0
    assert Authenticator.objects.filter(user=ana).count() == 2
