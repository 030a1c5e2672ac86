"""One code, eight browsers, one moment: real processes against one database.

    python -m tests.security.factor_race

Printed: how many got in with the same code of an app, and how many with the same recovery code.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from typing import Any

import django

django.setup()

import time_machine  # noqa: E402 -- after the set-up
from django.db import connection  # noqa: E402 -- likewise
from django.test import Client as Browser  # noqa: E402 -- likewise
from django.test.utils import setup_test_environment  # noqa: E402 -- likewise
from tests import factories  # noqa: E402 -- likewise
from tests.web.security.apps import code_for, turn_on_with_secret  # noqa: E402 -- likewise

from clientela.accounts.actions.create_account import create_account  # noqa: E402 -- likewise

PROCESSES = 8
ADDRESS = "ana@example.com"
PASSWORD = "four calm green otters"


def after_the_password() -> Browser:
    """A browser that is asked for the second step."""
    browser = Browser()
    browser.post("/client/login", {"login": ADDRESS, "password": PASSWORD})
    return browser


def try_it(session: str, code: str, barrier: Any, tell: Any) -> None:
    """Send the code when all do; tell whether it let in."""
    browser = Browser()
    browser.cookies["session"] = session
    barrier.wait()
    browser.post("/client/login/second-step", {"code": code})
    tell.send("_auth_user_id" in browser.session)


def race(code: str) -> int:
    """How many of eight get in."""
    sessions = [after_the_password().cookies["session"].value for _ in range(PROCESSES)]
    connection.close()
    forks = multiprocessing.get_context("fork")
    barrier = forks.Barrier(PROCESSES)
    pipes = [forks.Pipe(duplex=False) for _ in range(PROCESSES)]
    racers = [
        forks.Process(target=try_it, args=(session, code, barrier, tell))
        for session, (_, tell) in zip(sessions, pipes, strict=True)
    ]
    for racer in racers:
        racer.start()
    heard = [hear.recv() for hear, _ in pipes]
    for racer in racers:
        racer.join()
    return sum(heard)


def main() -> dict[str, int]:
    """Turn the second step on, and race twice."""
    setup_test_environment()
    create_account(
        email=ADDRESS, name="Ana", password=PASSWORD, by=factories.SYSTEM, now=factories.NOW
    )
    with time_machine.travel(factories.NOW, tick=False) as clock:
        browser = after_the_password()
        browser.post("/client/login/again", {"password": PASSWORD})
        secret, codes = turn_on_with_secret(browser)
        told = {}
        for name, code in (("app", ""), ("recovery", codes[0])):
            # Past the limits of password and second step of the race before, and of the first code.
            clock.shift(2 * 3600)
            told[name] = race(code or code_for(secret))
    return told


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
