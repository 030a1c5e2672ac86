"""A gateway of our own: an HTTP server in a thread that answers as it is told, and remembers what it took."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl


@dataclass
class Turn:
    """One answer: a status and JSON (or bytes), or a connection that breaks off without one."""

    status: int = 201
    body: Any = None
    is_dropped: bool = False
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class GatewayServer:
    """What it will answer, in order (the last one for ever), and what it was asked."""

    url: str = ""
    turns: list[Turn] = field(default_factory=lambda: [Turn()])
    asked: list[dict[str, Any]] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)

    def next_turn(self) -> Turn:
        return self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: GatewayServer

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        is_form = self.headers["Content-Type"].startswith("application/x-www-form")
        said = dict(parse_qsl(raw.decode())) if is_form else json.loads(raw)
        self.state.asked.append(
            {
                "path": self.path,
                "said": said,
                "headers": {k.lower(): v for k, v in self.headers.items()},
            }
        )
        turn = self.state.next_turn()
        if turn.status < 300 or turn.is_dropped:
            name = self.headers.get("Idempotency-Key", str(len(self.state.asked)))
            self.state.taken[name] = self.state.taken.get(name, 0) + 1
        if turn.is_dropped:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        body = turn.body if isinstance(turn.body, bytes) else json.dumps(turn.body or {}).encode()
        self.send_response(turn.status)
        for name, value in turn.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Quietly."""


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_asked: object) -> None:
        """A connection that was broken off on purpose is no error here."""


@contextmanager
def running() -> Iterator[GatewayServer]:
    """Run one on a free port of this machine."""
    state = GatewayServer()
    handler = type("Handler", (_Handler,), {"state": state})
    server = _Quiet(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
