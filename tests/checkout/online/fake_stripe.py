"""A small server that speaks Stripe's wire format, as far as we speak it: the real library talks to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class FakeStripe:
    """Its books, what it was asked, and how it misbehaves next (``fails``: statuses; 0 hangs up)."""

    def __init__(self) -> None:
        self.account = {"id": "acct_1", "object": "account"}
        self.sessions: dict[str, dict[str, Any]] = {}
        self.refunds: list[dict[str, Any]] = []
        self.intents: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.answers: dict[str, tuple[int, dict[str, Any]]] = {}
        self.fails: list[int] = []
        self.forgets_keys = False
        self.accepts_before_failing = False
        self.secret = "sk_test_1"

    def answer(
        self, method: str, path: str, given: dict[str, str], key: str
    ) -> tuple[int, dict[str, Any]]:
        """Answer a call; one with a key that was used is answered as it was then."""
        self.asked.append((method, path, given))
        if key and key in self.answers and not self.forgets_keys:
            return self.answers[key]
        parts = path.strip("/").split("/")[1:]
        found = getattr(self, f"_{method.lower()}_{parts[0]}")(parts[1:], given)
        if key and method == "POST":
            self.answers[key] = found
        return found

    def _get_account(self, *_: Any) -> tuple[int, dict[str, Any]]:
        return 200, self.account

    def _post_checkout(self, parts: list[str], given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if parts[-1] == "expire":
            session = self.sessions[parts[1]]
            if session["status"] != "open":
                return 400, _error("invalid_request_error")
            session["status"] = "expired"
            return 200, session
        name = f"cs_{len(self.sessions) + 1}"
        amount = given.get("line_items[0][price_data][unit_amount]")
        self.sessions[name] = {
            "id": name,
            "object": "checkout.session",
            "status": "open",
            "mode": given["mode"],
            "url": f"https://checkout.example/{name}",
            "metadata": {"attempt": given["metadata[attempt]"]},
            "payment_status": "unpaid",
            "payment_intent": None,
            "setup_intent": None,
            "customer": None,
            "amount_total": int(amount) if amount else None,
            "currency": given.get("line_items[0][price_data][currency]"),
        }
        return 200, self.sessions[name]

    def _get_checkout(self, parts: list[str], _: dict[str, str]) -> tuple[int, dict[str, Any]]:
        return 200, self.sessions[parts[1]]

    def complete(self, name: str) -> dict[str, Any]:
        """Let a person pay on the hosted page; return the event as it is pushed."""
        session = self.sessions[name]
        method = {
            "id": "pm_1",
            "object": "payment_method",
            "card": {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2030},
        }
        intent = {"id": "pi_1", "object": "payment_intent", "payment_method": method}
        paid = session["mode"] == "payment"
        session |= {
            "status": "complete",
            "payment_status": "paid" if paid else "no_payment_required",
            "payment_intent" if paid else "setup_intent": intent,
            "customer": "cus_1",
        }
        pushed = {**session, "payment_intent": "pi_1" if paid else None}
        pushed["setup_intent"] = None if paid else "pi_1"
        return self.tell("checkout.session.completed", pushed)

    def tell(self, kind: str, thing: dict[str, Any]) -> dict[str, Any]:
        """Put an event on the list, and return it."""
        event = {
            "id": f"evt_{len(self.events) + 1}",
            "object": "event",
            "type": kind,
            "livemode": False,
            "data": {"object": thing},
        }
        self.events.append(event)
        return event

    def _get_refunds(self, _: list[str], given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        return 200, _page(
            [r for r in self.refunds if r["payment_intent"] == given["payment_intent"]]
        )

    def _post_refunds(self, _: list[str], given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.refunds.append(
            {
                "id": f"re_{len(self.refunds) + 1}",
                "object": "refund",
                "status": "succeeded",
                "amount": int(given["amount"]),
                "currency": "eur",
                "payment_intent": given["payment_intent"],
                "metadata": {"order": given["metadata[order]"]},
            }
        )
        return 200, self.refunds[-1]

    def _get_payment_intents(self, *_: Any) -> tuple[int, dict[str, Any]]:
        return 200, _page(self.intents)

    def _post_payment_intents(
        self, _: list[str], given: dict[str, str]
    ) -> tuple[int, dict[str, Any]]:
        if given["payment_method"] == "pm_refused":
            return 402, _error("card_error", code="card_declined")
        self.intents.append(
            {
                "id": f"pi_fee_{len(self.intents) + 1}",
                "object": "payment_intent",
                "status": "succeeded",
                "amount": int(given["amount"]),
                "amount_received": int(given["amount"]),
                "currency": given["currency"],
                "metadata": {"attempt": given["metadata[attempt]"]},
            }
        )
        return 200, self.intents[-1]

    def _post_payment_methods(self, parts: list[str], _: Any) -> tuple[int, dict[str, Any]]:
        return 200, {"id": parts[0], "object": "payment_method"}

    def _get_events(self, *_: Any) -> tuple[int, dict[str, Any]]:
        return 200, _page(list(reversed(self.events)))


def _error(kind: str, **fields: str) -> dict[str, Any]:
    return {"error": {"type": kind, "message": "no", **fields}}


def _page(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"object": "list", "data": rows, "has_more": False, "url": "/v1/rows"}


@contextmanager
def serving(fake: FakeStripe) -> Iterator[str]:
    """Serve it on this machine for the length of a test; give its address."""

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            url = urlsplit(self.path)
            given = dict(parse_qsl(self.rfile.read(length).decode() or url.query))
            key = self.headers.get("Idempotency-Key", "")
            if self.headers.get("Authorization") != f"Bearer {fake.secret}":
                self._say(401, _error("invalid_request_error"))
                return
            if fake.fails:
                status = fake.fails.pop(0)
                if fake.accepts_before_failing:
                    fake.answer(self.command, url.path, given, key)
                if status:
                    self._say(status, _error("api_error"))
                self.close_connection = True
                return
            self._say(*fake.answer(self.command, url.path, given, key))

        do_GET = do_POST = _handle  # noqa: N815 -- the library's names

        def _say(self, status: int, body: dict[str, Any]) -> None:
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            # The library asks again by itself for some errors; here every call is one call.
            self.send_header("Stripe-Should-Retry", "false")
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
