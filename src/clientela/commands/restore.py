"""``clientela restore``: an empty installation out of a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from clientela.platform.erasure_list import Erasure

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("restore")
@click.argument("file", type=_FILE)
@click.option(
    "--erasures",
    "list_file",
    type=_FILE,
    help="The list of erasures (erasures.txt of the data folder) as it was last; by default this data folder's own.",
)
def command(file: Path, list_file: Path | None) -> None:
    """Fill this empty installation from FILE: all of it, or nothing.

    Whoever was erased since the backup was made is erased again before anybody is served. Afterwards no message
    leaves until you run `clientela manage release_messages`: what was sent after the backup was made is not known
    here.
    """
    import django

    django.setup()
    from django.core.management import call_command

    from clientela.platform import clock
    from clientela.platform.erasure_list import ListUnreadable, erasures, note_erasures
    from clientela.platform.restore import ArchiveError, restore

    call_command("migrate", interactive=False, verbosity=0)
    try:
        listed = erasures(path=list_file)
        if list_file:  # kept before the rows come: the next start finds it, if this one is killed
            note_erasures(listed)
        done = restore(path=file, now=clock.now())
    except (ArchiveError, ListUnreadable, OSError) as error:
        raise click.ClickException(f"Nothing was restored: {error}") from None
    click.echo(
        f"{done.rows} rows and {done.files} files of {done.made_at:%Y-%m-%d %H:%M} UTC are back. "
        "Messages are on hold: look at /operator/, then run `clientela manage release_messages`."
    )
    click.echo(_erased_again(listed))


def _erased_again(listed: list[Erasure]) -> str:
    from clientela.people.actions.erase_again import erase_again
    from clientela.platform import clock

    if not listed:
        return (
            "No list of erasures was found: if somebody was erased since, they are back. Give the list with "
            "`--erasures`, or erase them again."
        )
    again = erase_again(listed=listed, now=clock.now())
    said = f"Erased again: {again.cards} cards and {again.logins} log-ins."
    if again.owners:
        return f"{said} {len(again.owners)} log-ins own a business alone, and stay."
    return said
