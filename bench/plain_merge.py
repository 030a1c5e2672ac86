"""The peer of B2: availability as a careful interval merge, written without bits.

It is as good as we can write it: zone arithmetic once for all professionals, sorted spans, one
sweep over the candidates of a professional, text made once for each instant that is offered.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from workloads import AFTER, DURATION, GRID, OPENINGS, WEEKDAYS, ZONE, Workload


def candidates_of(workload: Workload) -> dict[int, datetime]:
    """Return every start on the grid that fits into the opening hours: seconds since 1970, in order, and the wall time.

    The zone is asked once for each opening, not for each start; no opening lies across a clock change.
    """
    place = ZoneInfo(ZONE)
    found = {}
    for number in range(workload.days):
        on = workload.first_on + timedelta(days=number)
        if on.weekday() not in WEEKDAYS:
            continue
        for opens, closes in OPENINGS:
            wall = datetime(on.year, on.month, on.day, opens // 60, opens % 60, tzinfo=place)
            second = int(wall.timestamp())
            for late in range(0, closes - DURATION - opens + 1, GRID):
                found[second + late * 60] = wall + timedelta(minutes=late)
    return found


def free_of(candidates: list[int], spans: list[tuple[int, int]]) -> list[int]:
    """Sweep the candidates past one professional's occupied spans, which must be sorted."""
    occupied = (DURATION + AFTER) * 60
    free = []
    at, count = 0, len(spans)
    for start in candidates:
        while at < count and spans[at][1] <= start:
            at += 1
        if at == count or spans[at][0] >= start + occupied:
            free.append(start)
    return free


def answer(workload: Workload) -> str:
    """Return the JSON of the starts at which anyone is free."""
    wall_of = candidates_of(workload)
    candidates = list(wall_of)
    offered: set[int] = set()
    for busy in workload.busy:
        spans = sorted([(int(start.timestamp()), int(end.timestamp())) for start, end in busy])
        offered.update(free_of(candidates, spans))
    return json.dumps(
        [wall_of[start].isoformat() for start in candidates if start in offered],
        separators=(",", ":"),
    )
