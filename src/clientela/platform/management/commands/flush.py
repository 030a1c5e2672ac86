"""Django's `flush`, which must take the guards down first: an append-only table refuses to be emptied."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from clientela.platform import guards


class Command(flush.Command):
    """Empty every table of the database, on purpose."""

    def handle(self, **options: Any) -> None:  # noqa: ANN401 -- Django's own options
        """Ask as Django does, then empty the tables with the guards down and put them up again."""
        # The question is asked here: guards must not come down for somebody who then answers "no".
        if options["interactive"]:
            answer = input(
                f"This erases every row in {options['database']!r}. Type 'yes' to go on: "
            )
            if answer != "yes":
                self.stdout.write("Nothing was erased.")
                return
        with guards.taken_down(why="flush empties every table", using=options["database"]):
            super().handle(**{**options, "interactive": False})
