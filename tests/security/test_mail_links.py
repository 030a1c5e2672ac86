"""Links in mails lead to the configured address, whatever a request says of its host (AUT-03; CVE row 30)."""

from __future__ import annotations

import json
import re
from email import message_from_bytes, policy
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from tests.factories import NOW
from tests.security.town import Town
from tests.security.watching import undone

from clientela.notify.models import SimulatedMail
from clientela.platform.worker import run_once

pytestmark = (
    pytest.mark.sqlite
)  # what a mail says of its own address: no database answers differently

EVIL = "evil.example"
ALLOWED_BUT_WRONG = [
    {"X-Forwarded-Host": EVIL},
    {"X-Forwarded-Server": EVIL, "Forwarded": f"host={EVIL};proto=https"},
    {"X-Original-Host": EVIL, "X-Host": EVIL, "X-Rewrite-Url": f"http://{EVIL}/"},
    {"Origin": f"https://{EVIL}", "Referer": f"https://{EVIL}/"},
    {"X-Forwarded-Proto": "javascript", "X-Forwarded-Port": "666"},
]
REFUSED = [
    EVIL,
    f"testserver@{EVIL}",
    f"testserver:80@{EVIL}",
    f"testserver.{EVIL}",
    "testserver:x",
]
_LINK = re.compile(r"https?://[^\s\"'<>)]+")


def mails_after(act: Any) -> list[str]:
    """What people received because of an act: every mail, decoded."""
    before = set(SimulatedMail.objects.values_list("pk", flat=True))
    act()
    run_once(NOW)
    fresh = SimulatedMail.objects.exclude(pk__in=before)
    return [_words(bytes(mail.source)) for mail in fresh]


def _words(source: bytes) -> str:
    message = message_from_bytes(source, policy=policy.default)
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    texts = [part if isinstance(part, str) else part.decode("utf-8", "replace") for part in parts]
    unfolded = [re.sub(r"\r?\n ", "", text) for text in texts]  # calendar files fold long lines
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *unfolded])


def acts(town: Town, browser: Browser, headers: dict[str, str]) -> dict[str, Any]:
    """Whatever a stranger may do that makes us write to somebody."""
    account = town.ours.people["owner"].account
    appointment = town.ours.appointments["irene"]
    wish = {
        "service": str(appointment.service_id),
        "start": "2026-11-25T10:00:00+01:00",
        "client": {"name": "Luz Prueba", "email": "luz@example.com"},
    }
    base = "/api/v1/businesses/house-ours/appointments"
    link = {"X-Manage-Token": town.ours.links["irene"], **headers}

    def book() -> Any:
        return browser.post(base, json.dumps(wish), "application/json", headers=headers)

    def cancel() -> Any:
        path = f"{base}/{appointment.pk}/cancel"
        return browser.post(path, content_type="application/json", headers=link)

    def reset() -> Any:
        return browser.post("/client/password/forgotten", {"email": account.email}, headers=headers)

    def code() -> Any:
        return browser.post("/client/login/code", {"email": account.email}, headers=headers)

    def sign_up(email: str = "luz@example.com") -> Any:
        typed = {"name": "Luz Prueba", "email": email}
        return browser.post("/client/create-account", typed, headers=headers)

    def sign_up_taken() -> Any:
        return sign_up(account.email)

    def sign_up_to_go_on() -> Any:
        typed = {"name": "Luz", "email": "luz@example.com", "next": f"//{EVIL}/"}
        return browser.post("/client/create-account", typed, headers=headers)

    made = (book, cancel, reset, code, sign_up, sign_up_taken, sign_up_to_go_on)
    return {act.__name__: act for act in made}


@pytest.mark.parametrize(
    "what",
    ["book", "cancel", "reset", "code", "sign_up", "sign_up_taken", "sign_up_to_go_on"],
)
@pytest.mark.req("AUT-03")
def test_no_mail_names_a_host_that_a_request_brought(town: Town, what: str) -> None:
    for headers in ALLOWED_BUT_WRONG:
        with undone():
            mails = mails_after(acts(town, Browser(), headers)[what])
        assert mails, "the act must write a mail, or this proves nothing"
        for text in mails:
            assert EVIL not in text
            links = [link for link in _LINK.findall(text) if "w3.org" not in link]
            assert [link for link in links if not _is_ours(link)] == []


def _is_ours(link: str) -> bool:
    # Calendars and maps are offered by name; every other link is the installation's own.
    known = ("https://calendar.google.com/", "https://outlook.", "https://www.openstreetmap.org/")
    return link.startswith((settings.PUBLIC_URL, *known))


@pytest.mark.req("AUT-03")
def test_a_request_for_another_host_is_not_answered(town: Town) -> None:
    browser = Browser(raise_request_exception=False)
    typed = {"email": town.ours.people["owner"].account.email}

    def ask(host: str) -> None:
        browser.post("/client/password/forgotten", typed, headers={"Host": host})

    for host in REFUSED:
        assert mails_after(partial(ask, host)) == []
        assert browser.get("/", headers={"Host": host}).status_code == 400


def test_a_reset_is_mailed_to_the_address_kept_and_never_to_the_one_typed(town: Town) -> None:
    """Letters that look alike, or fold alike, are other addresses (CVE row 29)."""
    kept = town.ours.people["owner"].account.email
    for typed in (
        kept.replace("o", "\u03bf", 1),
        kept.replace("i", "\u0131"),
        kept.replace("k", "\u212a"),
        kept.upper(),
    ):
        before = set(SimulatedMail.objects.values_list("pk", flat=True))
        Browser().post("/client/password/forgotten", {"email": typed})
        run_once(NOW)
        with_link = [
            mail.address
            for mail in SimulatedMail.objects.exclude(pk__in=before)
            if "/client/password/forgotten" in _words(bytes(mail.source))
        ]
        assert with_link in ([], [kept])
