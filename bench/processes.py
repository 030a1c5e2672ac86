"""What processes cost: processor time and memory of a process and all below it (Linux)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """The process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def cpu_seconds(processes: Iterable[subprocess.Popen[bytes]]) -> float:
    """Processor time that the processes and those below them have used so far."""
    ticks = 0
    for pid in (one for process in processes for one in family(process.pid)):
        fields = (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICK


def memory_megabytes(pid: int) -> float:
    """Memory of the process and all below it; what they share is counted once."""
    kilobytes = 0
    for one in family(pid):
        for line in (Path("/proc") / str(one) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024
