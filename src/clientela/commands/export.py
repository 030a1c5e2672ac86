"""``clientela export``: a business as its file."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("export")
@click.argument("slug")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, readable by its owner only, instead of the screen.",
)
def command(slug: str, output: Path | None) -> None:
    """Write the business at /SLUG/ as a file that ``clientela import`` reads.

    It holds what every client told the business: keep it as you keep their cards.
    """
    import django

    django.setup()
    from clientela.integrations.errors import BusinessUnknown
    from clientela.integrations.queries.export_text import export_text

    try:
        text = export_text(slug=slug)
    except BusinessUnknown:
        raise click.ClickException(f"There is no business at /{slug}/.") from None
    if output is None:
        click.echo(text, nl=False)
        return
    partial = output.with_name(output.name + ".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(output)
    click.echo(f"{output} holds the business at /{slug}/.")
