"""New time zone data: a government changes its clocks, written as the file that every system reads.

The data are made here, byte for byte, so that no test depends on a compiler of zones.
"""

from __future__ import annotations

import struct
import zoneinfo
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clientela.rules import clock_time
from clientela.rules.tz_release import TzdataSource

RELEASE = "2031c"
WINTER_FOR_EVER = "CET-1"
"""Central European time without summer time: readings of the summer come an hour later in the world."""
Change = Callable[..., None]


def write_zone(folder: Path, name: str, rule: str) -> None:
    """Write one zone by its POSIX rule (RFC 9636: version 2, no transitions, the rule in the footer)."""
    offset = int(rule.partition("-")[2][:1] or 0) * 3600
    kinds, words = struct.pack(">lbb", offset, 0, 0), b"ANY\0"
    counts = struct.pack(">6l", 0, 0, 0, 0, 1, len(words))
    block = b"TZif2" + bytes(15) + counts + kinds + words
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(block + block + b"\n" + rule.encode() + b"\n")


def write_release(folder: Path, zones: dict[str, str], *, release: str = RELEASE) -> Path:
    """Write a folder of data as ``PYTHONTZPATH`` may name it; other zones are read from the package."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rule in zones.items():
        write_zone(folder, name, rule)
    (folder / "tzdata.zi").write_text(f"# version {release}\n", encoding="ascii")
    return folder


@pytest.fixture
def new_clocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Change]:
    """Give a function that lets this process read changed zones, as after an update and a restart."""
    before = zoneinfo.TZPATH

    def read(folders: tuple[str, ...]) -> None:
        zoneinfo.reset_tzpath(to=folders)
        zoneinfo.ZoneInfo.clear_cache()  # noqa: TID251 -- nothing is converted here
        clock_time.zone.cache_clear()
        clock_time._segments_of_span.cache_clear()

    def change(**zones: str) -> None:
        folder = write_release(
            tmp_path / "zones", {n.replace("__", "/"): r for n, r in zones.items()}
        )
        read((str(folder), *before))
        monkeypatch.setattr(clock_time, "_SOURCE", TzdataSource(RELEASE, "configured"))

    yield change
    read(before)
