"""Notices to a device end with the press, with the session of its browser, and with every session but the one that stays."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from django.test import Client as Browser
from tests import factories

from clientela.accounts.actions.end_sessions import end_sessions
from clientela.accounts.models import Account
from clientela.notify.actions.end_push_device import (
    SESSION_KEY,
    end_push_device,
    forget_device_of_session,
)
from clientela.notify.actions.keep_push_device import keep_push_device
from clientela.notify.actions.make_push_keys import make_push_keys
from clientela.notify.models import PushDevice
from clientela.notify.push_address import simulated_address
from clientela.platform.actor import Actor
from clientela.platform.ids import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(now: Any) -> Account:
    make_push_keys(now=now)
    return factories.make_account("ana@example.com", "Ana")


def keep(account: Account, now: Any) -> PushDevice:
    return keep_push_device(
        account=account,
        **asdict(simulated_address()),
        name="x",
        by=Actor.client(account.pk),
        now=now,
    )


def test_a_person_ends_a_device_of_their_own_and_nobody_elses(ana: Account, now: Any) -> None:
    device, otto = keep(ana, now), factories.make_account("otto@example.org", "Otto")
    by = Actor.client(otto.pk)
    assert not end_push_device(account=otto, device_id=device.pk, by=by, now=now)
    by = Actor.client(ana.pk)
    assert end_push_device(account=ana, device_id=device.pk, by=by, now=now)
    assert not end_push_device(account=ana, device_id=device.pk, by=by, now=now)


def test_signed_out_everywhere_leaves_no_device_but_that_of_the_session_that_stays(
    ana: Account, now: Any
) -> None:
    mine, _theirs = keep(ana, now), keep(ana, now)
    browser = Browser()
    browser.force_login(ana)
    session = browser.session
    session[SESSION_KEY] = str(mine.pk)
    session.save()
    end_sessions(account=ana, keep=str(session.session_key))
    assert list(PushDevice.objects.all()) == [mine]
    end_sessions(account=ana)
    assert not PushDevice.objects.exists()


@pytest.mark.parametrize("said", [{}, {SESSION_KEY: "nonsense"}, {SESSION_KEY: str(uuid7())}])
def test_a_session_that_names_no_device_forgets_none(
    ana: Account, now: Any, said: dict[str, str]
) -> None:
    device = keep(ana, now)
    forget_device_of_session(session=said)
    assert PushDevice.objects.filter(pk=device.pk).exists()
    forget_device_of_session(session={SESSION_KEY: str(device.pk)})
    assert not PushDevice.objects.exists()


def test_devices_go_with_the_account(ana: Account, now: Any) -> None:
    keep(ana, now)
    ana.delete()
    assert not PushDevice.objects.exists()
