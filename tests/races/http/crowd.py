"""The crowd: many clients over sockets of their own, from one process that does nothing else.

``all_at_once`` opens every connection first and lets all speak at the same moment; ``in_lanes`` keeps some
clients asking one after the other and survives a server that dies on them.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import Counter
from collections.abc import Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from bench.load import ask, post

LOST = 0
"""The status of an answer that never came."""
HOST = "127.0.0.1"
READ_LIMIT = 1 << 20
Door = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_TOO_LONG_SECONDS = 300.0
_RETURN_SECONDS = 60.0


@dataclass(frozen=True)
class Wish:
    """One request, and what the checker must know of it."""

    who: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True)
class Answer:
    """What became of a wish."""

    wish: Wish
    status: int
    body: dict[str, Any]
    seconds: float

    @property
    def word(self) -> str:
        """``201``, or the status and the reason of a refusal."""
        reason = self.body.get("reason", "")
        return f"{self.status} {reason}".strip()


def booking(
    slug: str, who: str, *, service: str, start: str, key: str = "", professional: str = ""
) -> Wish:
    """A stranger's booking, as the API takes it."""
    body: dict[str, Any] = {
        "service": service,
        "start": start,
        "client": {"name": who, "email": f"{who.replace(' ', '.').lower()}@example.com"},
    }
    if professional:
        body["professional"] = professional
    headers = {"Idempotency_Key": key} if key else {}
    path = f"/api/v1/businesses/{slug}/appointments"
    return Wish(who, post(path, json.dumps(body).encode(), **headers))


def move(slug: str, who: str, *, appointment: str, token: str, start: str) -> Wish:
    """A guest's wish for another time, with the link of the appointment."""
    path = f"/api/v1/businesses/{slug}/appointments/{appointment}/reschedule"
    return Wish(who, post(path, json.dumps({"start": start}).encode(), X_Manage_Token=token))


def cancel(slug: str, who: str, *, appointment: str, token: str) -> Wish:
    """A guest's cancellation, with the link of the appointment."""
    path = f"/api/v1/businesses/{slug}/appointments/{appointment}/cancel"
    return Wish(who, post(path, b"{}", X_Manage_Token=token))


def all_at_once(port: int, wishes: Sequence[Wish]) -> list[Answer]:
    """Let everybody speak at the same moment, each on a connection that stood open before."""

    async def run() -> list[Answer]:
        doors = [await asyncio.open_connection(HOST, port, limit=READ_LIMIT) for _ in wishes]
        answers = await asyncio.gather(
            *(_speak(*door, wish) for door, wish in zip(doors, wishes, strict=True))
        )
        for door in doors:
            await _leave(door)
        return answers

    return _in_a_thread(run())


def in_lanes(
    port: int,
    lanes: Sequence[Iterable[Wish]],
    *,
    comes_back: bool = False,
    enough: Event | None = None,
) -> list[Answer]:
    """Let each lane ask one wish after the other on a kept connection, all lanes side by side.

    A lane that loses its answer notes it as ``LOST``; it stops there, or with ``comes_back`` connects again
    and goes on with its next wish. Nothing is asked twice. All stop once it is ``enough``.
    """

    async def run() -> list[Answer]:
        told = await asyncio.gather(
            *(_lane(port, lane, comes_back=comes_back, enough=enough or Event()) for lane in lanes)
        )
        return [answer for lane in told for answer in lane]

    return _in_a_thread(run())


def _in_a_thread(talk: Coroutine[Any, Any, list[Answer]]) -> list[Answer]:
    """Run to the end in a thread of its own: a browser's test may have left its event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, talk).result()


async def _lane(
    port: int, wishes: Iterable[Wish], *, comes_back: bool, enough: Event
) -> list[Answer]:
    answers: list[Answer] = []
    door = await _door(port)
    for wish in wishes:
        if door is None or enough.is_set():
            break
        answers.append(await _speak(*door, wish))
        if answers[-1].status == LOST:
            await _leave(door)
            door = await _door(port) if comes_back else None
    if door is not None:
        await _leave(door)
    return answers


async def _leave(door: Door) -> None:
    """Close for good: a server waits for open connections before it stops."""
    door[1].close()
    with contextlib.suppress(OSError):
        await door[1].wait_closed()


async def _door(port: int) -> Door | None:
    """A connection, as soon as there is one; None when the server stays away."""
    until = time.monotonic() + _RETURN_SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            return await asyncio.open_connection(HOST, port, limit=READ_LIMIT)
        await asyncio.sleep(0.05)
    return None


async def _speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wish: Wish) -> Answer:
    began = time.perf_counter()
    try:
        status, body = await asyncio.wait_for(ask(reader, writer, wish.raw), _TOO_LONG_SECONDS)
        said = (
            json.loads(body)
            if body[:1] == b"{"
            else {"reason": body[:200].decode(errors="replace")}
        )
    except (TimeoutError, OSError, EOFError):
        status, said = LOST, {}
    return Answer(wish, status, said, time.perf_counter() - began)


def words(answers: Sequence[Answer]) -> dict[str, int]:
    """Count the answers by status and reason."""
    return dict(Counter(answer.word for answer in answers))


def won(answers: Sequence[Answer]) -> list[Answer]:
    """The answers that acknowledged something."""
    return [answer for answer in answers if 200 <= answer.status < 300]


def worst(answers: Sequence[Answer]) -> str:
    """How long the slowest and the middle answer took, for the proof's printed line."""
    times = sorted(answer.seconds for answer in answers)
    return f"median {times[len(times) // 2] * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms"
