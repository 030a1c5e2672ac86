"""``clientela backup``: the whole installation in one file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write everything to FILE while everybody goes on working.

    The file fits an empty installation on either database. The secret key is not in it: keep
    that elsewhere.
    """
    import django

    django.setup()
    from clientela.platform import clock
    from clientela.platform.actor import Actor
    from clientela.platform.backup import ArchiveError, backup
    from clientela.platform.installation import note_backup

    try:
        done = backup(path=file.resolve(), now=clock.now())
    except (ArchiveError, OSError) as error:
        raise click.ClickException(f"No backup was made: {error}") from None
    note_backup(by=Actor.system("clientela backup"), now=clock.now())
    click.echo(
        f"{done.path} holds {done.rows} rows and {done.files} files ({done.bytes // 1024} kB)."
    )
