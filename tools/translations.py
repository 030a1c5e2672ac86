"""Keep the Spanish and Italian catalogues true: ``python -m tools.translations VERB [FOLDER…]``.

``update``   read the strings out of templates and Python and write them into the ``.po`` files;
             ``--prune`` also drops the entries that nothing uses any more
``compile``  write the ``.mo`` files that Django reads (never committed)
``check``    fail on a string that is missing, fuzzy, obsolete, owned by no catalogue, translated in
             two ways by two catalogues, or whose placeholders or tags were lost on the way
``list``     print the folders that own a catalogue, and how full each one is
``all``      update, compile, check

A catalogue lives beside what it translates: every ``locale/`` folder under ``src/clientela`` owns
the strings of the folder it stands in, except those of a nested folder with a ``locale/`` of its own.
``FOLDER`` is written from there: ``web/desk``. No gettext programs are needed: Django turns a template
into Python-like text, and Babel reads both.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import defaultdict
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "clientela"
LANGUAGES = ("es", "it")

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = frozenset({".html", ".txt", ".xml", ".js.tpl"})
# What a translation may not lose: %(name)s, {name}, %d, and the tags of inline markup.
KEPT = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w*\}|</?[a-z]+")
HEADER = """\
# Clientela, {language}. Written by `tools/translations.py update`; translate the msgstr lines.
msgid ""
msgstr ""
"Project-Id-Version: Clientela\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def owners(source: Path = SOURCE) -> list[Path]:
    """Return the folders that own a catalogue, those named first that stand highest."""
    return sorted(folder.parent for folder in source.rglob("locale") if folder.is_dir())


def owner_of(path: Path, folders: Iterable[Path]) -> Path | None:
    """Return the nearest folder above ``path`` that owns a catalogue, or None."""
    above = [folder for folder in folders if path.is_relative_to(folder)]
    return max(above, key=lambda folder: len(folder.parts), default=None)


def sources(source: Path = SOURCE) -> Iterator[Path]:
    """Yield every file that may hold a string: Python and templates, never a migration."""
    for path in sorted(source.rglob("*")):
        if not path.is_file() or {"migrations", "locale", "static", "tests"} & set(
            path.relative_to(source).parts
        ):
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATES and "templates" in path.parts):
            yield path


def strings_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    """Yield (message or its plural forms, context, translators' comments) found in one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is not a string became X's, and their indentation would trip the tokenizer.
        text = (
            "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
            + "\n"
        )
    options = {"encoding": "utf-8"}
    for _, message, comments, context in extract(
        "python", BytesIO(text.encode()), KEYWORDS, ("Translators",), options
    ):
        yield message, context, comments


def gather(source: Path = SOURCE) -> tuple[dict[Path, Catalog], list[str]]:
    """Return one template catalogue per owner, and a complaint for each file that has no owner."""
    folders = owners(source)
    templates = {folder: Catalog() for folder in folders}
    homeless = []
    for path in sources(source):
        found = list(strings_of(path))
        if not found:
            continue
        owner = owner_of(path, folders)
        if owner is None:
            homeless.append(
                f"{path.relative_to(source)}: has strings but no locale/ folder above it"
            )
            continue
        place = path.relative_to(source).as_posix()
        for message, context, comments in found:
            templates[owner].add(
                message, locations=[(place, 0)], auto_comments=comments, context=context
            )
    return templates, homeless


def catalogue_path(owner: Path, language: str) -> Path:
    """Return where the catalogue of one folder and language lives."""
    return owner / "locale" / language / "LC_MESSAGES" / "django.po"


def read(owner: Path, language: str) -> Catalog:
    """Return the catalogue as written, or an empty one."""
    path = catalogue_path(owner, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def write(catalogue: Catalog, owner: Path, language: str) -> None:
    """Write a catalogue so that two runs give the same bytes: no dates, no line numbers, sorted."""
    body = BytesIO()
    pofile.write_po(
        body, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False
    )
    path = catalogue_path(owner, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        HEADER.format(language=language) + body.getvalue().decode().strip() + "\n", encoding="utf-8"
    )


def update(owner: Path, template: Catalog, language: str, *, prune: bool) -> None:
    """Bring one catalogue up to date with the sources; keep every translation that still fits."""
    old = read(owner, language)
    known = {key_of(m): m for m in [*old.obsolete.values(), *live(old)]}
    new = Catalog(locale=language)
    for message in live(template):
        before = known.pop(key_of(message), None)
        kept = (
            before.string
            if before and shape(before.string) == shape(message.string)
            else message.string
        )
        new.add(
            message.id,
            string=kept,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
            flags=(before.flags & {"fuzzy"}) if before else (),
            context=message.context,
        )
    if not prune:
        new.obsolete.update({key_of(m): m for m in known.values() if any(forms(m.string))})
    write(new, owner, language)


def compile_catalogue(owner: Path, language: str, *, force: bool = False) -> bool:
    """Write the ``.mo`` when it is older than its ``.po``; say whether it was written."""
    path = catalogue_path(owner, language)
    target = path.with_suffix(".mo")
    if not path.exists() or (
        not force and target.exists() and target.stat().st_mtime >= path.stat().st_mtime
    ):
        return False
    catalogue = read(owner, language)
    for message in live(catalogue):
        if not all(forms(message.string)):
            # An empty plural form would print nothing; without the entry, English is printed.
            catalogue.delete(message.id, context=message.context)
    compiled = BytesIO()
    mofile.write_mo(compiled, catalogue)
    # Two runs may write at once, and a server may read meanwhile: half a catalogue must never be seen.
    scratch = target.with_suffix(f".{os.getpid()}.mo")
    scratch.write_bytes(compiled.getvalue())
    scratch.replace(target)
    return True


def complaints(
    owner: Path, template: Catalog, language: str, source: Path = SOURCE
) -> Iterator[str]:
    """Yield everything that is wrong with one catalogue, each naming file and string."""
    where = f"{owner.relative_to(source)} [{language}]"
    catalogue = read(owner, language)
    wanted = {key_of(message): message for message in live(template)}
    have = {key_of(message): message for message in live(catalogue)}
    for key in wanted.keys() - have.keys():
        yield f"{where}: not in the catalogue, run update: {key[0]!r}"
    for key in (have.keys() - wanted.keys()) | set(catalogue.obsolete):
        yield f"{where}: nothing uses it, run update --prune: {key[0]!r}"
    for key in sorted(wanted.keys() & have.keys()):
        yield from (f"{where}: {fault}: {key[0]!r}" for fault in faults(have[key]))


def faults(message: Message) -> Iterator[str]:
    """Yield what is wrong with one translated message."""
    written, source = forms(message.string), forms(message.id)
    if not all(written):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked fuzzy"
    allowed = set().union(*(KEPT.findall(form) for form in source))
    for index, form in enumerate(written):
        needed = set(KEPT.findall(source[min(index, len(source) - 1)]))
        found = set(KEPT.findall(form))
        if missing := needed - found:
            yield f"lost {' '.join(sorted(missing))}"
        if strange := found - allowed:
            yield f"invented {' '.join(sorted(strange))}"
        if (
            form[:1].isspace() != source[0][:1].isspace()
            or form[-1:].isspace() != source[0][-1:].isspace()
        ):
            yield "blank at the edge differs"


def contradictions(source: Path = SOURCE) -> Iterator[str]:
    """Yield each string that two catalogues translate differently: Django merges them, one would win."""
    for language in LANGUAGES:
        seen: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for owner in owners(source):
            for message in live(read(owner, language)):
                if all(forms(message.string)):
                    text = " | ".join(forms(message.string))
                    seen[key_of(message)][text].append(owner.relative_to(source).as_posix())
        for key, texts in sorted(seen.items()):
            if len(texts) > 1:
                ways = "; ".join(
                    f"{text!r} in {', '.join(places)}" for text, places in sorted(texts.items())
                )
                yield f"[{language}] {key[0]!r} is translated in {len(texts)} ways: {ways}"


def live(catalogue: Catalog) -> list[Message]:
    """Return the messages of a catalogue without its header."""
    return [message for message in catalogue if message.id]


def key_of(message: Message) -> tuple[str, str]:
    """Return what makes a message itself: its singular and its context."""
    return forms(message.id)[0], message.context or ""


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the forms of a message, one or several, as a tuple."""
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)


def shape(text: str | Sequence[str] | None) -> bool:
    """Say whether a message has plural forms."""
    return not (isinstance(text, str) or text is None)


def report(source: Path = SOURCE) -> str:
    """Return one line per owner: its strings, and how many each language has."""
    out = StringIO()
    templates, _ = gather(source)
    for owner, template in templates.items():
        total = len(live(template))
        counts = [
            f"{lang} {sum(all(forms(m.string)) for m in live(read(owner, lang)))}"
            for lang in LANGUAGES
        ]
        print(
            f"{owner.relative_to(source).as_posix():<28} {total:>4} strings  {'  '.join(counts)}",
            file=out,
        )
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb over all owners or the named folders; 1 when the check found something."""
    parser = argparse.ArgumentParser(description="Keep the catalogues true.")
    parser.add_argument("verb", choices=["update", "compile", "check", "list", "all"])
    parser.add_argument(
        "folders", nargs="*", help="folders under src/clientela, for example web/desk"
    )
    parser.add_argument(
        "--prune", action="store_true", help="update: drop entries that nothing uses"
    )
    parser.add_argument("--quiet", action="store_true", help="say only what is wrong")
    options = parser.parse_args(arguments)
    chosen = [SOURCE / folder for folder in options.folders]
    for folder in chosen:
        if folder not in owners() and options.verb in {"update", "all"}:
            (folder / "locale").mkdir(parents=True, exist_ok=True)
    owned = [owner for owner in owners() if not chosen or owner in chosen]
    if options.verb == "list":
        sys.stdout.write(report())
    if options.verb in {"update", "all"}:
        templates, _ = gather()
        for owner in owned:
            for language in LANGUAGES:
                update(owner, templates[owner], language, prune=options.prune)
    if options.verb in {"compile", "all"}:
        written = sum(
            compile_catalogue(owner, language) for owner in owned for language in LANGUAGES
        )
        if not options.quiet:
            sys.stdout.write(f"{written} catalogue(s) compiled.\n")
    return check(owned, everything=not chosen) if options.verb in {"check", "all"} else 0


def check(owned: Sequence[Path], *, everything: bool) -> int:
    """Print every complaint; 0 when there is none."""
    templates, homeless = gather()
    found = [
        c
        for owner in owned
        for lang in LANGUAGES
        for c in complaints(owner, templates[owner], lang)
    ]
    if everything:
        found += [*homeless, *contradictions()]
    for complaint in found:
        sys.stdout.write(complaint + "\n")
    sys.stdout.write(f"Translations: {len(owned)} catalogues, {len(found)} complaint(s).\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
