"""Check or fetch the few files of other projects that live in this repository.

``vendor.toml`` names each package with its version, licence and hashes. ``python -m tools.vendor check``
compares the files on disk with those hashes (offline; part of `make check`). ``fetch`` downloads the
packages with `npm pack`, refuses a package whose hash differs, and writes the files anew. Icons are not
copied as files: the drawings we use are gathered into one JSON dictionary, name to inner SVG.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "vendor.toml"
DRAWING = re.compile(r"<svg[^>]*>(?P<inner>.*)</svg>", re.DOTALL)


@dataclass(frozen=True)
class Package:
    """One entry of `vendor.toml`."""

    name: str
    version: str
    licence: str
    sha256: str
    files: tuple[dict[str, str], ...]
    icons: dict[str, Any] | None

    @property
    def wanted(self) -> list[tuple[str, str]]:
        """Where each vendored file stands, and the hash it must have."""
        pairs = [(file["to"], file["sha256"]) for file in self.files]
        if self.icons:
            pairs.append((self.icons["to"], self.icons["sha256"]))
        return pairs


def packages(path: Path = LIST) -> list[Package]:
    """What the repository vendors, as written in `vendor.toml`."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["package"]
    return [
        Package(
            name=entry["name"],
            version=entry["version"],
            licence=entry["licence"],
            sha256=entry["sha256"],
            files=tuple(entry.get("files", ())),
            icons=entry.get("icons"),
        )
        for entry in entries
    ]


def digest(content: bytes) -> str:
    """The SHA-256 of the content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def faults(root: Path = ROOT, listed: list[Package] | None = None) -> list[str]:
    """A sentence for each vendored file that is missing or differs; empty when all is well."""
    found = []
    for package in packages() if listed is None else listed:
        for where, sha256 in package.wanted:
            path = root / where
            if not path.is_file():
                found.append(f"{where}: missing; it belongs to {package.name} {package.version}")
            elif digest(path.read_bytes()) != sha256:
                found.append(f"{where}: differs from {package.name} {package.version}")
    return found


def gather_icons(*, drawings: dict[str, bytes], names: list[str]) -> bytes:
    """One JSON dictionary of the named drawings: the inner SVG on one line, names in order."""
    gathered = {}
    for name in sorted(names):
        match = DRAWING.search(drawings[f"package/icons/{name}.svg"].decode())
        if match is None:
            message = f"{name}: not an SVG drawing"
            raise ValueError(message)
        inner = re.sub(r">\s+<", "><", match["inner"].strip())
        gathered[name] = re.sub(r"\s+", " ", inner).replace(" />", "/>")
    return (json.dumps(gathered, indent=0) + "\n").encode()


def contents(package: Package, folder: Path) -> dict[str, bytes]:
    """The package as the registry serves it; refuses one whose hash is not the recorded one."""
    subprocess.run(
        ["npm", "pack", f"{package.name}@{package.version}", "--pack-destination", str(folder)],
        check=True,
        capture_output=True,
    )
    [archive] = folder.glob("*.tgz")
    if digest(archive.read_bytes()) != package.sha256:
        message = f"{package.name} {package.version}: the package is not the recorded one"
        raise ValueError(message)
    read = {}
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            file = tar.extractfile(member)
            if file is not None:
                read[member.name] = file.read()
    return read


def fetch(package: Package, root: Path = ROOT) -> None:
    """Write the package's files anew. Hashes of what was written are compared by `faults`."""
    with tempfile.TemporaryDirectory() as folder:
        read = contents(package, Path(folder))
    made = {file["to"]: read[file["from"]] for file in package.files}
    if package.icons:
        made[package.icons["to"]] = gather_icons(drawings=read, names=package.icons["names"])
    for where, content in made.items():
        (root / where).parent.mkdir(parents=True, exist_ok=True)
        (root / where).write_bytes(content)


def main(arguments: list[str]) -> int:
    """`check` or `fetch`; the exit code says whether every file is the recorded one."""
    if arguments not in (["check"], ["fetch"]):
        sys.stderr.write("usage: python -m tools.vendor check|fetch\n")
        return 2
    if arguments == ["fetch"]:
        for package in packages():
            fetch(package)
    found = faults()
    sys.stderr.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
