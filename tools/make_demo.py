"""Write the demo's businesses: ``src/clientela/integrations/demo/*.json``.

Each is made of a seed written by hand (``tools/demo/seeds``) and a plot (``tools/demo/plots.py``), always
the same way. ``python -m tools.make_demo write`` writes the files, ``check`` fails if the committed ones
differ from what this program would write.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1] / "src"))

from clientela.integrations.business_file.checking import check  # noqa: E402 -- src/ must be on the path first
from clientela.integrations.business_file.document import BusinessFile  # noqa: E402 -- likewise
from clientela.integrations.business_file.reading import read_text  # noqa: E402 -- likewise
from clientela.integrations.business_file.writing import canonical_text  # noqa: E402 -- likewise
from tools.demo.life import Life  # noqa: E402 -- likewise
from tools.demo.plots import PLOTS, Plot  # noqa: E402 -- likewise

SEEDS = HERE.parent / "demo" / "seeds"
TARGET = HERE.parents[1] / "src/clientela/integrations/demo"


def made(plot: Plot) -> str:
    """Return the text of one business; it has passed every check of an import."""
    seed = read_text((SEEDS / f"{plot.seed}.json").read_bytes())
    parts = seed.model_dump() | Life(plot, seed).live()
    document = BusinessFile.model_validate(parts)
    assert document.anchor is not None
    check(document, now=datetime.combine(document.anchor, time(), tzinfo=UTC).replace(year=2100))
    return canonical_text(document)


def main(verb: str) -> int:
    """Write the files, or say which of them are stale."""
    stale = []
    for plot in PLOTS:
        target, text = TARGET / f"{plot.seed}.json", made(plot)
        if verb == "write":
            target.write_text(text, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != text:
            stale.append(target.name)
    for name in stale:
        print(f"{name} is stale: run `python -m tools.make_demo write`")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
