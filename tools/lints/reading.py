"""What the lints share: which files are ours, and how they are read once."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
_OUTSIDE = {".venv", ".venv-bench", ".venv-next", "migrations", "__pycache__", "node_modules"}


def python_files(root: Path, *folders: str) -> Iterator[Path]:
    """Yield our Python files under these folders of ``root``; migrations are history, not ours to judge."""
    for folder in folders or (".",):
        for path in sorted((root / folder).rglob("*.py")):
            if not _OUTSIDE & set(path.relative_to(root).parts):
                yield path


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the parsed file; parsed once for all lints."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def committed_files(root: Path) -> list[Path]:
    """Return what git would commit: tracked files and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [path for name in listed.split("\0") if name and (path := root / name).is_file()]


def line_at(path: Path, number: int) -> str:
    """Return one line of a file, counted from 1."""
    return path.read_text(encoding="utf-8").splitlines()[number - 1]
