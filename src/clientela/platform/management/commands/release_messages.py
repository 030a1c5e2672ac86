"""`clientela manage release_messages`: let messages leave again after a restore."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.installation import release_sending
from clientela.platform.models.installation import THE_ONE


class Command(BaseCommand):
    """End the hold that a restore puts on all sending."""

    help = "After a restore messages are on hold, as some may have been sent already. This lets them leave."

    def handle(self, **_: Any) -> None:  # noqa: ANN401 -- Django's own options
        """Release, say so, and note it in the audit trail."""
        if not release_sending():
            self.stdout.write("Messages are not on hold.")
            return
        note(
            action="release-messages",
            subject=("platform.Installation", THE_ONE),
            by=Actor.system("clientela manage release_messages"),
            now=clock.now(),
        )
        self.stdout.write("Messages may leave again.")
