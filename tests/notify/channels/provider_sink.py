"""A mail provider that misbehaves on purpose: HTTP on a free port, one behaviour per mail, then acceptance."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

SLOW_SECONDS: Final = 0.6
POSTMARK_OK: Final = {"ErrorCode": 0, "Message": "OK", "To": "ana@example.com", "MessageID": "pm-1"}
POSTMARK_INACTIVE: Final = {
    "ErrorCode": 406,
    "Message": "You tried to send to recipient(s) that have been marked as inactive.\n"
    "Found inactive addresses: ana@example.com.\n"
    "Inactive recipients are ones that have generated a hard bounce or a spam complaint. ",
}
MAILGUN_OK: Final = {"id": "<mg-1@mg.example.com>", "message": "Queued. Thank you."}


class ProviderSink:
    """One server. ``behaviours``: a status, or a word of what it does instead of answering; ``bodies`` is what it got."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        self.behaviours: list[int | str] = []
        self.bodies: list[bytes] = []
        self.kept: list[bytes] = []
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sink.serve(self)

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        self.bodies.append(body)
        behaviour = self.behaviours.pop(0) if self.behaviours else 200
        if behaviour == "drop":  # after taking it
            self.kept.append(body)
            request.close_connection = True
            return
        if behaviour == "slow":
            self.kept.append(body)
            time.sleep(SLOW_SECONDS)
            behaviour = 200
        if behaviour == "garbage":
            self._answer(request, 200, b"<html>")
            return
        if behaviour == 200:
            self.kept.append(body)
            self._answer(request, 200, json.dumps(self.answer).encode())
            return
        words = POSTMARK_INACTIVE if behaviour == 422 else {"Message": "no, ana@example.com"}
        self._answer(request, int(behaviour), json.dumps(words).encode())

    def _answer(self, request: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
