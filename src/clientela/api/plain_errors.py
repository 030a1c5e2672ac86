"""Errors that no operation of the API made (no such address, wrong method) in the API's own shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clientela.api.messages import message_of
from clientela.api.refusals import answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

REASONS: Final = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    500: "server-error",
}


class PlainErrors:
    """Middleware: below ``/api/v1/`` every error is JSON with a reason, wherever it arose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes after."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an error page that was meant for people is replaced."""
        response = self.get_response(request)
        reason = REASONS.get(response.status_code)
        if (
            reason is None
            or not request.path_info.startswith("/api/v1/")
            or response.headers.get("Content-Type", "").startswith("application/json")
        ):
            return response
        replaced = answer(reason, message_of(reason), status=response.status_code)
        if "Allow" in response.headers:
            replaced["Allow"] = response.headers["Allow"]
        return replaced
