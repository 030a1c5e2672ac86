"""``clientela doctor``: what is wrong with this installation, and the remedy."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from clientela.platform.doctor import Finding

MARKS = {"ok": ("ok  ", "green"), "warn": ("warn", "yellow"), "bad": ("BAD ", "red")}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of findings.")
def command(*, as_json: bool) -> None:
    """Ask every question there is; the exit code is 1 when something is bad.

    Warnings do not fail: they work today.
    """
    import django

    django.setup()
    from clientela.platform import clock
    from clientela.platform.doctor import Grade, examine

    findings = examine(now=clock.now())
    if as_json:
        click.echo(json.dumps([_plain(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            _show(finding)
    sys.exit(int(any(finding.grade is Grade.BAD for finding in findings)))


def _plain(finding: Finding) -> dict[str, str]:
    return {
        "check": finding.check,
        "grade": finding.grade.value,
        "text": finding.text,
        "fix": finding.fix,
    }


def _show(finding: Finding) -> None:
    mark, colour = MARKS[finding.grade.value]
    click.echo(f"{click.style(mark, fg=colour)}  {finding.check:<14} {finding.text}")
    if finding.fix:
        click.echo(f"      {'':<14} {click.style(finding.fix, dim=True)}")
