"""``clientela duplicates``: which records of a file are probably one person's."""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import click

if TYPE_CHECKING:
    from clientela.rules.clients_file import Complaint
    from clientela.rules.match_batch import LikelyPair

_MOST_NOTES: Final = 20
_SAMPLE: Final = 1 << 20
LEFT_OUT: Final = 1


@click.command("duplicates")
@click.option(
    "--clients",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file: id,first_name,last_name,emails,phones,birthday,locale.",
)
@click.option(
    "--country",
    default="",
    metavar="ES",
    help="Two letters: how telephone numbers without a prefix are read.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the pairs to this file instead of the screen.",
)
@click.option("--explain", "explained", is_flag=True, help="Add a column that says why, in words.")
@click.option(
    "--language", type=click.Choice(["en", "es", "it"]), default="en", help="Of the explanation."
)
@click.option(
    "--own",
    multiple=True,
    metavar="CONTACT",
    help="An address or number of the business itself, which identifies nobody. May be repeated.",
)
@click.option(
    "--business",
    "slug",
    metavar="SLUG",
    help="Compare the cards of the business at this address; the desk's page of duplicates shows what is found.",
)
def command(
    *,
    source: Path | None,
    country: str,
    out: Path | None,
    explained: bool,
    language: str,
    own: tuple[str, ...],
    slug: str | None,
) -> None:
    """Propose which clients of a file are one person or one household; nothing is changed anywhere.

    All records count as one business. For every pair worth showing a line is written:
    id_a,id_b,probability,verdict, the likeliest first. The verdict is same, household or
    undecided. What cannot be read is told on the error output with its line number; when a
    whole record was left out the exit code is 1, and 2 when the file cannot be used at all.

    With --business the cards of this installation are compared, with progress on the error output.
    """
    if slug:
        _compare(slug, given=source)
        return
    if source is None:
        raise click.UsageError("Give --clients FILE with --country, or --business SLUG.")
    _check_country(country)
    _check_out(out)
    started = time.monotonic()
    ids, pairs, left_out = _match(source, country=country, own=own)
    with _opened(out) as target:
        _write(target, ids, pairs, language=language if explained else "")
    counted = Counter(pair.likeness.verdict.value for pair in pairs)
    found = ", ".join(f"{counted[word]} {word}" for word in ("same", "household", "undecided"))
    click.echo(f"{len(ids)} clients: {found}. {time.monotonic() - started:.1f} s", err=True)
    sys.exit(LEFT_OUT if left_out else 0)


def _compare(slug: str, *, given: Path | None) -> None:
    """Compare the cards of a business of this installation."""
    if given is not None:
        raise click.UsageError("--business compares the cards that are here: leave --clients out.")
    import django

    django.setup()
    from clientela.serving.duplicates import NoSuchBusiness, compare_told

    try:
        compare_told(slug=slug, say=lambda line: click.echo(line, err=True))
    except NoSuchBusiness as error:
        raise click.ClickException(f"There is no business at /{slug}/.") from error


def _check_country(country: str) -> None:
    from phonenumbers import SUPPORTED_REGIONS

    if country.upper() not in SUPPORTED_REGIONS:
        raise click.BadParameter(
            f"“{country}” is no country's two letters, such as ES.", param_hint="--country"
        )


def _check_out(out: Path | None) -> None:
    """Say before the work, not after it, that the file cannot be written."""
    if out is not None and not (out.parent.is_dir() and os.access(out.parent, os.W_OK)):
        raise click.BadParameter(
            f"“{out.parent}” is no folder that can be written to.", param_hint="--out"
        )


def _match(
    source: Path, *, country: str, own: tuple[str, ...]
) -> tuple[list[str], list[LikelyPair], int]:
    """The ids of the file, the pairs worth showing with the likeliest first, and how many records were left out."""
    from clientela.rules.client_match import MatchCard, crowd_of, read_card
    from clientela.rules.clients_file import ClientRow, ClientsFileUnusable, read_clients
    from clientela.rules.match_batch import likely_pairs
    from clientela.rules.match_contacts import read_email, read_phone

    ids: list[str] = []
    cards: list[MatchCard] = []
    complaints: list[Complaint] = []
    try:
        with source.open(encoding=_encoding(source), errors="replace", newline="") as lines:
            for row in read_clients(lines):
                if isinstance(row, ClientRow):
                    ids.append(row.id)
                    cards.append(read_card(row.facts, country=country))
                else:
                    complaints.append(row)
    except ClientsFileUnusable as error:
        raise click.UsageError(str(error)) from None
    _tell(source, complaints)
    contacts = (read_email(one) or read_phone(one, country=country) for one in own)
    crowd = crowd_of(cards, own=contacts)
    pairs = sorted(
        likely_pairs(cards, among=crowd),
        key=lambda pair: (-pair.likeness.probability, *_in_order(ids, pair)),
    )
    return ids, pairs, sum(one.left_out for one in complaints)


def _tell(source: Path, complaints: list[Complaint]) -> None:
    for one in complaints[:_MOST_NOTES]:
        click.echo(f"{source}:{one.line}: {one.text}", err=True)
    if len(complaints) > _MOST_NOTES:
        click.echo(f"… and {len(complaints) - _MOST_NOTES} more like these.", err=True)


def _encoding(source: Path) -> str:
    """UTF-8 where the file is; else what spreadsheets of western Europe write."""
    with source.open("rb") as file:
        head = file.read(4)
        if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return "utf-16"
    try:
        with source.open(encoding="utf-8") as text:
            while text.read(_SAMPLE):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _in_order(ids: list[str], pair: LikelyPair) -> tuple[str, str]:
    """The two ids in their own order, so that the order of the file changes nothing."""
    one, other = sorted((ids[pair.first], ids[pair.second]))
    return one, other


@contextmanager
def _opened(out: Path | None) -> Iterator[TextIO]:
    """The screen, or a file that takes its name only when it is whole."""
    if out is None:
        yield sys.stdout
        return
    partial = out.with_name(out.name + ".partial")
    with partial.open("w", encoding="utf-8", newline="") as file:
        yield file
    partial.replace(out)


def _write(target: TextIO, ids: list[str], pairs: list[LikelyPair], *, language: str) -> None:
    """Write the pairs; in a language, with the reasons."""
    lines = csv.writer(target, lineterminator="\n")
    lines.writerow(["id_a", "id_b", "probability", "verdict", *(["because"] if language else [])])
    reasons = _Reasons(language) if language else None
    for pair in pairs:
        likeness = pair.likeness
        row = [*_in_order(ids, pair), f"{likeness.probability:.4f}", likeness.verdict.value]
        turned = ids[pair.first] > ids[pair.second]
        lines.writerow([*row, reasons.of(pair, turned=turned)] if reasons else row)


class _Reasons:
    """Explanations in one language."""

    def __init__(self, language: str) -> None:
        import django

        django.setup()
        self._language = language

    def of(self, pair: LikelyPair, *, turned: bool) -> str:
        """Say why, the values of the first id first."""
        from dataclasses import replace

        from django.utils import translation

        from clientela.people.match_words import because
        from clientela.rules.client_match import explain

        lines = explain(pair.likeness)
        if turned:
            lines = tuple(replace(one, said=(one.said[1], one.said[0])) for one in lines)
        with translation.override(self._language):
            return because(lines)
