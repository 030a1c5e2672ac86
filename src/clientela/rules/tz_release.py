"""Which release of the IANA time zone data this process reads.

A server's own data is often years old, and a packaged release may be older than a well-kept
server. Both are looked at once, at start, and the newer one is used for the whole process, so
that the version kept with each appointment is the truth. ``PYTHONTZPATH`` overrides the choice.
"""

from __future__ import annotations

import os
import re
import zoneinfo
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

_RELEASE = re.compile(r"^(\d{4})([a-z]{1,2})$")
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TzdataSource:
    """A release of the data (``2026f``) and where it was found."""

    version: str
    found: Literal["package", "system", "configured"]


def use_newest() -> TzdataSource:
    """Point ``zoneinfo`` at the newer of the system's data and the package's; say which it is.

    Changes the search path of the process when the package wins: every library must read the
    same clocks as we do. A system whose release cannot be told loses.
    """
    here = _release_in(zoneinfo.TZPATH)
    if "PYTHONTZPATH" in os.environ:
        return TzdataSource(here or _packaged() or _UNKNOWN, "configured")
    packaged = _packaged()
    if packaged and release_rank(packaged) >= release_rank(here):
        zoneinfo.reset_tzpath(to=())
        zoneinfo.ZoneInfo.clear_cache()  # noqa: TID251 -- nothing is converted here
        return TzdataSource(packaged, "package")
    return TzdataSource(here or _UNKNOWN, "system")


def _packaged() -> str:
    """Release of the ``tzdata`` package, or an empty string without it."""
    try:
        package = import_module("tzdata")
    except ImportError:
        return ""  # a host may remove it and rely on its own data
    return str(package.IANA_VERSION)


def _release_in(folders: tuple[str, ...]) -> str:
    """Release named by the first folder that holds time zone data, or an empty string."""
    for folder in map(Path, folders):
        for name in ("tzdata.zi", "+VERSION"):
            try:
                with (folder / name).open(encoding="ascii") as file:
                    line = file.readline().strip()
            except (OSError, UnicodeDecodeError):
                continue
            return line.removeprefix("# version ").strip()
    return ""


def release_rank(version: str) -> tuple[int, int, str]:
    """Return what orders releases: 2025z < 2025za < 2026a; what is not a release comes first."""
    match = _RELEASE.match(version)
    if match is None:
        return (0, 0, "")
    return (int(match[1]), len(match[2]), match[2])
