"""`clientela manage retry_events`: see the events that were given up, and try them again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clientela.platform import clock
from clientela.platform.outbox import given_up, retry


class Command(BaseCommand):
    """List what needs attention; with --again, let the worker try it anew."""

    help = "Lists the events that were given up after many attempts; --again lets the worker try them anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --again."""
        parser.add_argument("--again", action="store_true", help="try them anew")

    def handle(self, *, again: bool = False, **_: Any) -> None:  # noqa: ANN401 -- Django's own options
        """Print one line per event, then retry if asked."""
        for row in given_up():
            self.stdout.write(
                f"{row.id}  {row.name}  {row.occurred_at:%Y-%m-%d %H:%M} UTC  {row.last_error}"
            )
        if again:
            self.stdout.write(f"{retry(now=clock.now())} events will be tried again.")
