"""The one place that reads the clock.

`CLIENTELA_NOW` moves the clock of a demonstration or test server: its time starts there when the first
process starts, and runs on. Every process of the installation that is given the same value agrees:
children read the anchor from the environment, strangers from a file in the data directory while the
process that wrote it lives. A production server refuses the setting.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

ANCHOR_VARIABLE: Final = "CLIENTELA_NOW_ANCHOR"
ANCHOR_FILE: Final = "clock-anchor.json"


def now() -> datetime:
    """Return the present as an aware UTC datetime, moved if `CLIENTELA_NOW` says so."""
    wanted = getattr(settings, "CLIENTELA_NOW", None)
    if not wanted:
        return real_now()
    return real_now() + _shift(wanted if isinstance(wanted, str) else wanted.isoformat())


def shift() -> timedelta:
    """Return how far the clock is moved (zero in production); the doctor shows it."""
    wanted = getattr(settings, "CLIENTELA_NOW", None)
    if not wanted:
        return timedelta()
    return _shift(wanted if isinstance(wanted, str) else wanted.isoformat())


def parse(text: str) -> datetime:
    """Read an ISO time as aware UTC; one without an offset is taken as UTC."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"CLIENTELA_NOW must be an ISO 8601 time such as 2026-03-29T01:30:00+01:00, not {text!r}"
        raise ImproperlyConfigured(message) from error
    # This reads a setting with an offset, not a zone's wall clock, so the converter of the rules has no part in it.
    return (
        read.replace(tzinfo=UTC)
        if read.tzinfo is None
        else (datetime.fromtimestamp(read.timestamp(), tz=UTC))
    )


def real_now() -> datetime:
    """Return what the computer's own clock says, unmoved: for comparing it with other computers'."""
    return datetime.now(tz=UTC)


@lru_cache(maxsize=8)
def _shift(wanted: str) -> timedelta:
    """Return CLIENTELA_NOW minus the anchor, deciding the anchor once per process."""
    if not any(getattr(settings, name, False) for name in ("DEBUG", "DEMO", "TESTING")):
        message = "CLIENTELA_NOW moves the clock of a demonstration or a test; this installation is neither."
        raise ImproperlyConfigured(message)
    target = parse(wanted)
    anchor = _anchor(wanted)
    os.environ[ANCHOR_VARIABLE] = json.dumps({"now": wanted, "anchor": anchor.isoformat()})
    return target - anchor


def _anchor(wanted: str) -> datetime:
    """Return the real moment at which the moved clock showed `wanted`."""
    inherited = _read_anchor(os.environ.get(ANCHOR_VARIABLE, ""), wanted)
    if inherited is not None:
        return inherited
    path = _anchor_path()
    if path is None:
        return real_now()
    shared = _read_anchor(path.read_text() if path.exists() else "", wanted)
    if shared is not None:
        return shared
    anchor = real_now()
    path.write_text(json.dumps({"now": wanted, "anchor": anchor.isoformat(), "pid": os.getpid()}))
    return anchor


def _anchor_path() -> Path | None:
    data = getattr(settings, "DATA_DIR", None)
    if not data or not Path(data).is_dir():
        return None
    return Path(data) / ANCHOR_FILE


def _read_anchor(text: str, wanted: str) -> datetime | None:
    """Return the anchor in `text` if it belongs to the same `CLIENTELA_NOW` and its writer still lives."""
    try:
        found = json.loads(text) if text else {}
        if found.get("now") != wanted:
            return None
        if "pid" in found and not _alive(int(found["pid"])):
            return None
        return parse(found["anchor"])
    except (ValueError, KeyError, AttributeError, ImproperlyConfigured):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
