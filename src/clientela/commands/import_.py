"""``clientela import``: a business out of its file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", help="Import as another business under this address, with ids of its own.")
@click.option(
    "--anchor-today", is_flag=True, help="Move the file's dates by whole weeks to this week."
)
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
def command(file: Path, slug: str | None, *, anchor_today: bool, dry_run: bool) -> None:
    """Make a business out of FILE: all of it, or nothing and every reason why.

    Nobody is told of what a file holds. Clients are reminded of appointments ahead, but of a copy's
    (--slug) only once its owner switches that on.
    """
    import django

    django.setup()
    from clientela.integrations.actions.import_file import import_file
    from clientela.integrations.errors import BadFile
    from clientela.platform import clock
    from clientela.platform.actor import Actor

    try:
        done = import_file(
            path=file,
            slug=slug,
            anchor_today=anchor_today,
            dry_run=dry_run,
            by=Actor.system("clientela import"),
            now=clock.now(),
        )
    except BadFile as refusal:
        click.echo(str(refusal), err=True)
        count = len(refusal.problems)
        said = "1 problem" if count == 1 else f"{count} problems"
        raise click.ClickException(f"{file.name} has {said}. Nothing was written.") from None
    parts = ", ".join(
        f"{part.replace('_', ' ')} {count}" for part, count in done.counts.items() if count
    )
    ending = "It was a rehearsal: nothing was written." if dry_run else f"It is at /{done.slug}/."
    click.echo(f"{file.name}: {parts}. {ending}")
    if done.silent:
        click.echo(_silent_words(done.silent))
    if done.held:
        click.echo(_held_words(done.held))


def _silent_words(count: int) -> str:
    who = "1 client is" if count == 1 else f"{count} clients are"
    return (
        f"{who} sent no messages: the file does not say that they agreed. They agree by booking, or in the welcome "
        "email; what they told you is noted on their cards at the desk, or in the file under `consents`."
    )


def _held_words(count: int) -> str:
    what = "1 appointment lies" if count == 1 else f"{count} appointments lie"
    return (
        f"{what} ahead in this copy. Nobody is reminded until an owner switches messages on at the desk, under "
        "Settings, Plan of messages: the first business may remind the same people."
    )
