"""Named places where a test may let the program die, fail or wait. They do nothing unless switched on.

`CLIENTELA_FAILPOINTS="booking.book.before-commit=kill9,platform.worker.handled=sleep:0.5@3"` switches on two:
`kill9` ends the process as a power cut would, `raise` raises `FailpointError`, `sleep:S` waits S seconds;
`@N` means only the N-th time the place is passed.
"""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

VARIABLE: Final = "CLIENTELA_FAILPOINTS"
_RULE: Final = re.compile(
    r"(?P<name>[\w.-]+)=(?P<act>kill9|raise|sleep:(?P<seconds>[\d.]+))(?:@(?P<nth>\d+))?"
)
_CALL: Final = re.compile(r"""\bfailpoint\(\s*["']([\w.-]+)["']\s*\)""")


class FailpointError(RuntimeError):
    """The failure that a test asked for."""


@dataclass(slots=True)
class _Armed:
    act: str
    seconds: float
    nth: int
    passed: int = 0


def _parse(text: str) -> dict[str, _Armed]:
    armed = {}
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", text))):
        rule = _RULE.fullmatch(part)
        if rule is None:
            message = f"{VARIABLE}: {part!r} is not name=kill9|raise|sleep:seconds[@nth]"
            raise ValueError(message)
        armed[rule["name"]] = _Armed(
            rule["act"].split(":")[0], float(rule["seconds"] or 0), int(rule["nth"] or 0)
        )
    return armed


_armed: dict[str, _Armed] = _parse(os.environ.get(VARIABLE, ""))


def failpoint(name: str) -> None:
    """Do nothing, or what the test asked for at this place. The name is `app.action.place`, written literally."""
    if not _armed:
        return
    rule = _armed.get(name)
    if rule is None:
        return
    rule.passed += 1
    if rule.nth and rule.passed != rule.nth:
        return
    if rule.act == "kill9":
        os.kill(os.getpid(), signal.SIGKILL)
    if rule.act == "raise":
        raise FailpointError(name)
    time.sleep(rule.seconds)


def arm(text: str) -> None:
    """Switch failpoints on within this process (`""` switches all off), for tests that do not start another."""
    _armed.clear()
    _armed.update(_parse(text))


def armed() -> bool:
    """Whether any failpoint is switched on; the doctor complains of it in production."""
    return bool(_armed)


@cache
def known() -> frozenset[str]:
    """Return the names written anywhere in the program, so that a test can go through all of them."""
    root = Path(__file__).resolve().parent.parent
    found: set[str] = set()
    for path in root.rglob("*.py"):
        found.update(_CALL.findall(path.read_text(encoding="utf-8")))
    return frozenset(found)
