"""Logs: structured, one line per fact, joined by a request id, without personal data.

Every line of the program and of its libraries passes the same blackening before it is written.
"""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import time
from typing import TYPE_CHECKING, Any, Final

import structlog

from clientela.platform.ids import uuid7
from clientela.platform.redaction import redact, redact_value

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from django.http import HttpRequest, HttpResponse

REQUEST_ID_HEADER: Final = "X-Request-ID"
_ACCEPTABLE_ID: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
# Words of our own that the blackening must leave alone, though their names sound secret or are not ours to judge.
_OWN_NAMES: Final = frozenset(
    {"event", "level", "logger", "timestamp", "request_id", "exception", "handler", "work"}
)


def logging_settings(*, json: bool, level: str = "INFO") -> dict[str, Any]:
    """Return Django's `LOGGING`: JSON lines for machines or coloured ones for people, on standard error."""
    renderer: Any = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _shared(),
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    blacken,
                    renderer,
                ],
            },
        },
        "handlers": {"stderr": {"()": StandardErrorHandler, "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django.server": {"handlers": [], "propagate": True}},
    }


def configure(settings: dict[str, Any]) -> None:
    """Install the settings made by `logging_settings` for structlog and the standard library; safe to repeat."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def get_logger(name: str) -> Any:  # noqa: ANN401 -- structlog's lazy proxy has no useful type
    """Return a logger; `logger.info("appointment-booked", appointment_id=…)`: an event word and its facts."""
    return structlog.stdlib.get_logger(name)


def blacken(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Blacken every value of a log line (structlog processor)."""
    for name, value in line.items():
        if name in _OWN_NAMES:
            line[name] = (
                redact(value)
                if isinstance(value, str) and name in {"event", "exception"}
                else value
            )
        else:
            line[name] = redact_value(value, name=name)
    return line


class StandardErrorHandler(logging.Handler):
    """Writes to whatever standard error is at the moment: a test or a supervisor may have replaced it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line and send it off."""
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except Exception:  # noqa: BLE001 -- a log line must never break what it reports on
            self.handleError(record)


class RequestLogMiddleware:
    """Give every request an id, bind it to all lines logged meanwhile, and write one line at the end.

    An id that a proxy sent is kept if it looks like one. The line names the route, never the address that was
    asked for: addresses hold links, and links are secrets.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes after."""
        self.get_response = get_response
        self.logger = get_logger("clientela.request")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, timed, and name it in the answer."""
        sent = request.headers.get(REQUEST_ID_HEADER, "")
        request_id = sent if _ACCEPTABLE_ID.fullmatch(sent) else str(uuid7())
        begun = time.monotonic()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            match = request.resolver_match
            self.logger.info(
                "request",
                method=request.method,
                route=match.view_name if match else "",
                status=response.status_code,
                milliseconds=round((time.monotonic() - begun) * 1000, 1),
            )
        response[REQUEST_ID_HEADER] = request_id
        return response


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
