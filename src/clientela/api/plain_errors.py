"""The API's edge: whatever happens below ``/api/v1/``, the answer has the API's shape and headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clientela.api.refusals import answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

BELOW: Final = "/api/v1/"
REASONS: Final = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    500: "server-error",
}
# Pages of other sites may read and book as any stranger may: no cookie is ever looked at here, so there is
# no session to abuse. `Authorization` is not listed: a business's token has no place in a browser.
CROSS_ORIGIN: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type, Idempotency-Key, X-Manage-Token",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class PlainErrors:
    """Middleware: errors that no operation made (no such address, wrong method) become JSON with a reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes after."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an error page that was meant for people is replaced."""
        response = self.get_response(request)
        if not request.path_info.startswith(BELOW):
            return response
        reason = REASONS.get(response.status_code)
        if reason and not response.headers.get("Content-Type", "").startswith("application/json"):
            response = _replaced(response, reason)
        for name, value in CROSS_ORIGIN.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _replaced(response: HttpResponse, reason: str) -> HttpResponse:
    replaced = answer(reason, status=response.status_code)
    if "Allow" in response.headers:
        replaced["Allow"] = response.headers["Allow"]
    return replaced
