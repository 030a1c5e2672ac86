"""Nothing in the repository knows the machine it was written on.

A path of somebody's home, a private package index or a fixed temporary folder works once, for one person,
and tells strangers what they need not know. Every committed text file is read. A line that speaks *about*
such a path says so with ``words: ok``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.lints.reading import committed_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FORBIDDEN = {
    r"(?<![\w.])/(?:home|Users)/[a-z]\w*": "somebody's home folder",  # words: ok
    r"(?<![\w.])/(?:root|work|workspace|mnt)/\w": "a path of one machine",
    r"(?<![\w.])/tmp/\w": "a fixed temporary folder; ask for one instead",  # words: ok
    r"(?<![\w.])/opt/(?!homebrew)\w": "a path of one machine",
    r"--(?:extra-)?index-url|--find-links|PIP_INDEX|UV_INDEX": "a package index; locks carry hashes only",  # words: ok
    r"files\.pythonhosted\.org|https?://[\w.-]*/simple\b": "a package index's address",
}
_PATTERNS = [(re.compile(pattern), why) for pattern, why in _FORBIDDEN.items()]
_LONGEST_BYTES = 2_000_000


def complaints(root: Path) -> Iterator[str]:
    """Yield every line that names a machine."""
    for path in committed_files(root):
        if path.stat().st_size > _LONGEST_BYTES:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # A font or a picture.
        for number, line in enumerate(text.splitlines(), start=1):
            yield from (f"{path.relative_to(root)}:{number}: {why}" for why in faults(line))


def faults(line: str) -> list[str]:
    """Return what one line says that it should not."""
    if "words: ok" in line:
        return []
    return [why for pattern, why in _PATTERNS if pattern.search(line)]
