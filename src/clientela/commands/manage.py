"""``clientela manage``: Django's own commands."""

from __future__ import annotations

import sys

import click


@click.command(
    "manage",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    add_help_option=False,
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def command(words: tuple[str, ...]) -> None:
    """Run one of Django's own commands (migrate, check, shell …)."""
    from django.core.management import execute_from_command_line

    execute_from_command_line([sys.argv[0] + " manage", *words])
