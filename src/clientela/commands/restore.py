"""``clientela restore``: an empty installation out of a backup."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Fill this empty installation from FILE: all of it, or nothing.

    Afterwards no message leaves until you run `clientela manage release_messages`: what was sent
    after the backup was made is not known here.
    """
    import django

    django.setup()
    from django.core.management import call_command

    from clientela.platform import clock
    from clientela.platform.restore import ArchiveError, restore

    call_command("migrate", interactive=False, verbosity=0)
    try:
        done = restore(path=file, now=clock.now())
    except (ArchiveError, OSError) as error:
        raise click.ClickException(f"Nothing was restored: {error}") from None
    click.echo(
        f"{done.rows} rows and {done.files} files of {done.made_at:%Y-%m-%d %H:%M} UTC are back. "
        "Messages are on hold: look at /operator/, then run `clientela manage release_messages`."
    )
