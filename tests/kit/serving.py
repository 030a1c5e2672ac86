"""The live server that journeys walk through, so that a busy machine changes how long it takes and nothing else."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """pytest-django's live server, made after the database; on SQLite it answers one request at a time.

    Made before it, it would not know that the tests' database lives in memory, and every request would open a
    connection of its own: between those SQLite waits for no lock, it fails at once (``table is locked``). So they
    share the test's connection, as Django means them to, and no two requests meet in one transaction.
    """
    server = LiveServer("localhost")
    if connection.vendor == "sqlite":
        door = server.thread.httpd
        door.set_app(one_at_a_time(door.get_app()))
    yield server
    server.stop()


def one_at_a_time(app: Callable[..., Any]) -> Callable[..., Any]:
    """Let each request end, with all of its answer, before the next begins."""
    alone = Lock()

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        with alone:
            body = app(environ, start_response)
            try:
                return list(body)
            finally:
                if hasattr(body, "close"):
                    body.close()

    return answer
