"""The locks and ``pyproject.toml`` agree: ``python -m tools.locks check``, offline.

``write`` compiles the locks with uv (universal, hashed, without any address) and notes the hash of
the dependency sections they were compiled from in ``[tool.clientela.locks]``; ``check`` compares that note,
and makes sure that every dependency is locked within its bounds, that everything has a hash and that no
line names an index.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
# What each lock holds besides the run-time dependencies: (kind, name) as uv's options call them.
LOCKS: dict[str, tuple[str, str] | None] = {
    "requirements.lock": None,
    "requirements-dev.lock": ("group", "dev"),
    "requirements-bench.lock": ("group", "bench"),
    "requirements-stripe.lock": ("extra", "stripe"),
}
# It overwrites urllib3 for everybody who is installed beside it (docs/adr/0010).
POISON = {"urllib3-future", "caldav", "niquests"}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)")
_NOTE = re.compile(r'(?m)^sections = "[0-9a-f]*"$')


def complaints(root: Path = ROOT) -> Iterator[str]:
    """Yield every disagreement between pyproject.toml and the locks."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    noted = project.get("tool", {}).get("clientela", {}).get("locks", {}).get("sections")
    if noted != fingerprint(project):
        yield "pyproject.toml: the dependencies changed after the locks were compiled; run make lock"
    for name, more in LOCKS.items():
        text = (root / name).read_text(encoding="utf-8")
        pins = pins_of(text)
        for requirement in requirements(project, more):
            pinned = pins.get(canonicalize_name(requirement.name))
            if pinned is None:
                yield f"{name}: {requirement.name} is not locked"
            elif not requirement.specifier.contains(Version(pinned), prereleases=True):
                yield f"{name}: {requirement.name} {pinned} is outside {requirement.specifier}"
        yield from (
            f"{name}: {bad} overwrites other packages; see docs/adr/0010"
            for bad in POISON & set(pins)
        )
        if text.count("--hash=sha256:") < len(pins):
            yield f"{name}: something has no hash"
        if "://" in text or "--index-url" in text:  # words: ok
            yield f"{name}: names an address; compile without index addresses"


def requirements(project: dict[str, Any], more: tuple[str, str] | None) -> list[Requirement]:
    """Return what one lock must hold: the run-time dependencies and those of its group or extra."""
    named = list(project["project"]["dependencies"])
    if more:
        kind, name = more
        groups = project["dependency-groups"]
        named += (
            groups[name] if kind == "group" else project["project"]["optional-dependencies"][name]
        )
    return [Requirement(text) for text in named]


def pins_of(text: str) -> dict[str, str]:
    """Return package and version of every pin in a lock."""
    found = (_PIN.match(line) for line in text.splitlines())
    return {canonicalize_name(match[1]): match[2] for match in found if match}


def fingerprint(project: dict[str, Any]) -> str:
    """Return a hash of everything that the locks are compiled from."""
    sections = {
        "dependencies": project["project"]["dependencies"],
        "optional": project["project"].get("optional-dependencies", {}),
        "python": project["project"]["requires-python"],
        "groups": project.get("dependency-groups", {}),
    }
    return hashlib.sha256(json.dumps(sections, sort_keys=True).encode()).hexdigest()[:16]


def write(root: Path = ROOT) -> int:
    """Compile the locks; needs uv, because pip cannot lock for every platform at once."""
    uv = shutil.which("uv")
    if uv is None:
        sys.stderr.write("`make lock` needs uv (https://docs.astral.sh/uv/).\n")
        return 1
    options = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    options += ["--no-annotate", "--python-version", "3.11", "--quiet"]
    for name, more in LOCKS.items():
        extra = [f"--{more[0]}", more[1]] if more else []
        command = [uv, "pip", "compile", *options, "pyproject.toml", *extra, "-o", name]
        if (code := subprocess.call(command, cwd=root)) != 0:
            return code
    stamp(root)
    return 0


def stamp(root: Path = ROOT) -> None:
    """Note in pyproject.toml what the locks were compiled from."""
    path = root / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        _NOTE.sub(f'sections = "{fingerprint(tomllib.loads(text))}"', text), encoding="utf-8"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, write, or only note that locks compiled by hand are current."""
    parser = argparse.ArgumentParser(description="Keep the locks true.")
    parser.add_argument("verb", choices=["check", "write", "stamp"])
    verb = parser.parse_args(arguments).verb
    if verb == "write":
        return write()
    if verb == "stamp":
        stamp()
    found = list(complaints())
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
