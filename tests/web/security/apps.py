"""An authenticator app, as far as a test needs one."""

from __future__ import annotations

import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

STEP = 30


def code_for(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or some half minutes earlier or later."""
    now = time.time()  # noqa: TID251 -- an app goes by its own clock, and so does who checks it
    return format_hotp_value(hotp_value(secret, int(now) // STEP + steps))


def letters_on(page: HttpResponse | Any) -> str:
    """The secret that the page shows as text."""
    match = re.search(r"<code>([A-Z2-7 ]{32,})</code>", page.text)
    assert match is not None
    return match[1].replace(" ", "")


def turn_on(browser: Client) -> list[str]:
    """Turn the second step on in a signed-in browser; return the recovery codes it is shown."""
    return turn_on_with_secret(browser)[1]


def turn_on_with_secret(browser: Client) -> tuple[str, list[str]]:
    """The same, and the app's secret."""
    secret = letters_on(browser.get("/client/security/app/"))
    answer = browser.post("/client/security/app/", {"code": code_for(secret)}, follow=True)
    return secret, re.findall(r"<code>(\d{8})</code>", answer.text)
