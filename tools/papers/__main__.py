"""``make papers`` writes the generated pages; ``python -m tools.papers --check`` fails when one is stale."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from tools.lints.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence


def pages() -> dict[str, str]:
    """Return every generated page, and README.md with its printed parts: path and text."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientela.settings.testing")
    import django  # noqa: PLC0415 -- settings must be chosen first

    django.setup()
    from tools.papers import (  # noqa: PLC0415 -- they import models
        api,
        business_file,
        events,
        figures,
        lifecycle,
        pictures,
        policy,
        requirements,
    )

    readme = ROOT / "README.md"
    return {
        "docs/reference/api.md": api.page(),
        "docs/reference/business-file.schema.json": business_file.schema(),
        "docs/reference/events.md": events.page(),
        "docs/reference/lifecycle.md": lifecycle.page(),
        "docs/reference/openapi.json": api.snapshot(),
        "docs/reference/policy.md": policy.page(),
        "docs/reference/requirements.md": requirements.page(),
        "README.md": pictures.with_pictures(
            figures.with_figures(readme.read_text(encoding="utf-8"), ROOT / "bench/results.json"),
            ROOT,
        ),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or compare them with what is committed."""
    parser = argparse.ArgumentParser(description="Print the reference from the program.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; 1 when a page is stale"
    )
    check = parser.parse_args(arguments).check
    stale = []
    for name, text in pages().items():
        path = ROOT / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name}: stale; run make papers" if check else f"{name}: written")
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main())
