"""Moulds: a template is rendered once for each shape of letter, and filled with the words of each letter.

A template only places words and leaves out what is blank, so two letters with the same blanks, rows and dates become
the same page around other words. The page is rendered with marks in place of the words, and kept; a letter then
costs one joining of strings. That what comes out is what the template would have given, a test holds beside it for
letters of every shape.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final

from django.template import Context, Engine
from django.utils.translation import override

from clientela.notify.channels.email.colour import Palette
from clientela.notify.letter import Letter

# Private characters, which nobody types; and if somebody does, nothing is ever looked for in what was filled in.
_OPEN, _CLOSE = "\ue0a0", "\ue0a1"
_MARK: Final = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
# What templates compare instead of placing it.
_COMPARED: Final = frozenset({"slip"})
_PLACED: Final = tuple(one.name for one in fields(Letter) if one.name not in _COMPARED)

Mould = tuple[str | int, ...]


def pages(letter: Letter, *, language: str, tone: Palette) -> tuple[str, str]:
    """Return the letter as plain text and as a page, in that language and with those colours."""
    words: list[str] = []
    shape = _shape(letter, words)
    return (
        _fill(_mould("letter.txt", shape, language, None), words),
        _fill(_mould("letter.html", shape, language, tone), [escape(one) for one in words]),
    )


def rendered(name: str, letter: Letter, *, language: str, tone: Palette | None) -> str:
    """Return what the template makes of a letter; plain text needs no colours."""
    is_html = name.endswith(".html")
    facts = {"letter": letter, "language": language, "tone": tone}
    template = mail_engine(autoescape=is_html).get_template(name)
    with override(language):
        return template.render(Context(facts, autoescape=is_html))


@cache
def mail_engine(*, autoescape: bool) -> Engine:
    """The channel's own templates; they know nothing of requests, so they need no processors."""
    return Engine(
        dirs=[str(Path(__file__).with_name("templates"))],
        autoescape=autoescape,
        libraries={"i18n": "django.templatetags.i18n"},
    )


def _fill(mould: Mould, words: list[str]) -> str:
    return "".join([one if isinstance(one, str) else words[one] for one in mould])


@lru_cache(maxsize=256)
def _mould(name: str, shape: Letter, language: str, tone: Palette | None) -> Mould:
    """Return the page in pieces: text as it stands, and the numbers of the words between."""
    pieces = _MARK.split(rendered(name, shape, language=language, tone=tone))
    return tuple(int(one) if at % 2 else one for at, one in enumerate(pieces))


def _shape(letter: Letter, words: list[str]) -> Letter:
    """Return the letter with marks for its words, which are added to ``words``; what is blank stays blank."""
    return replace(letter, **{name: _marked(getattr(letter, name), words) for name in _PLACED})


def _marked(value: Any, words: list[str]) -> Any:  # noqa: ANN401 -- words, or tuples of them
    if isinstance(value, tuple):
        return tuple(_marked(one, words) for one in value)
    if "\n" in value:
        # A business's own words: each line is placed by itself, or left out where it is blank.
        return "\n".join(_marked(one, words) for one in value.split("\n"))
    if not value.strip():
        return value
    words.append(value)
    return f"{_OPEN}{len(words) - 1}{_CLOSE}"
