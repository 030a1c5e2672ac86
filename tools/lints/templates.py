"""Templates speak every language and nothing runs inside them.

The content security policy refuses inline styles, inline scripts and foreign hosts, but only a browser would
notice; and a sentence that was never marked for translation is English for everybody, which nobody notices who
speaks it. So templates are read: no ``style=``, no ``onclick=``, no inline ``<script>``, nothing from another
host, and no words outside ``{% translate %}``. A page that only developers see says so in a comment: ``words: english``.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from django.template.base import Lexer, TokenType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WORD = re.compile(r"[^\W\d_]{2,}")
# Names, which are the same everywhere, and the units of the trade.
_NAMES = frozenset({"Clientela", "English", "Español", "Italiano", "API", "JSON", "ICS", "UTC"})
_SPOKEN = frozenset({"aria-label", "aria-description", "title", "placeholder", "alt"})
_FETCHED = frozenset({"src", "href", "action", "formaction", "data", "poster"})
_OUTSIDE_OF_LANGUAGE = frozenset({"script", "style", "code", "kbd"})
_HOLE = "\u25e6"  # stands where a template tag stood


def complaints(root: Path) -> Iterator[str]:
    """Yield every inline style or script, foreign host and untranslated word of the templates."""
    for path in sorted((root / "src").rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        is_mail = "channels" in path.parts  # a mail client reads inline styles only
        for line, fault in faults(text):
            if is_mail and "inline style" in fault:
                continue
            if "articles" in path.parts and fault.startswith("not marked"):
                continue  # an article is a template for each language
            yield f"{path.relative_to(root)}:{line}: {fault}"


def faults(text: str) -> list[tuple[int, str]]:
    """Return (line, fault) for one template."""
    reader = _Reader(judge_words="words: english" not in text)
    reader.feed(without_tags(text))
    reader.close()
    return reader.found


def without_tags(text: str) -> str:
    """Return the template's own text: tags, variables and translated blocks become holes, lines stay."""
    parts = []
    skipping_to = ""
    for token in Lexer(text).tokenize():
        words = token.contents.split() if token.token_type == TokenType.BLOCK else []
        name = words[0] if words else ""
        if skipping_to:
            skipping_to = "" if name == skipping_to else skipping_to
            shown = ""
        elif name in {"blocktranslate", "blocktrans", "comment", "verbatim"}:
            skipping_to = f"end{name}"
            shown = _HOLE
        elif name == "block" and words[1].endswith(("class", "classes", "width", "hue")):
            skipping_to = "endblock"  # names of CSS classes
            shown = _HOLE
        elif token.token_type == TokenType.TEXT:
            shown = token.contents
        else:
            names_an_element = bool(parts) and parts[-1].endswith(("<", "</"))
            shown = "x" if names_an_element else _HOLE
        shown = "" if token.token_type == TokenType.COMMENT else shown
        parts.append(
            shown if shown == token.contents else shown + "\n" * token.contents.count("\n")
        )
    return "".join(parts)


class _Reader(HTMLParser):
    """Reads the markup that is left and notes what should not be there."""

    def __init__(self, *, judge_words: bool) -> None:
        super().__init__()
        self.judge_words = judge_words
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge one element."""
        given = dict(attrs)
        if tag in _OUTSIDE_OF_LANGUAGE:
            self._silent += 1
        if tag == "script" and "src" not in given:
            self._note("an inline script; the content security policy refuses it")
        for name, value in attrs:
            self._judge(name, value or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element whose text is not language."""
        if tag in _OUTSIDE_OF_LANGUAGE:
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        """Judge the words between elements."""
        if not self._silent:
            self._judge_words(data)

    def _judge(self, name: str, value: str) -> None:
        if name == "style":
            self._note("an inline style; the content security policy refuses it")
        elif name.startswith("on") and name.isalpha():
            self._note(f"an inline script ({name})")
        elif name in _FETCHED and value.startswith(("http:", "https:", "//")):
            self._note(f"asks another host: {value}")
        elif name in _SPOKEN:
            self._judge_words(value)

    def _judge_words(self, text: str) -> None:
        words = [word for word in _WORD.findall(text) if word not in _NAMES]
        if self.judge_words and words:
            self._note(f"not marked for translation: {' '.join(words[:8])}")

    def _note(self, fault: str) -> None:
        self.found.append((self.getpos()[0], fault))
