"""Contrast is a property of the system: every hue, every vividness, both themes, read from the browser's own canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientela.web.design.shapes import HUES

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

# (ink, ground, least contrast), as the design language promises.
PAIRS = [
    ("--tone-on", "--tone-solid", 4.5),
    ("--tone-on", "--tone-press", 4.5),
    ("--tone-ink", "--tone-tint", 4.5),
    ("--tone-ink", "--card", 4.5),
    ("--tone-ink", "--paper", 4.5),
    ("--tone-ink", "--tone-wash", 4.5),
    ("--ink", "--paper", 4.5),
    ("--ink", "--tone-tint", 4.5),
    ("--ink-2", "--paper", 4.5),
    ("--ink-2", "--sunk", 4.5),
    ("--ink-2", "--tone-tint", 4.5),
    ("--ink-2", "--tone-wash", 4.5),
    *((f"--{state}-ink", f"--{state}-tint", 4.5) for state in ("wait", "stop", "good", "note")),
    *((f"--{state}-ink", "--card", 4.5) for state in ("wait", "stop", "good", "note")),
    *((f"--{state}-edge", "--card", 3) for state in ("wait", "stop", "good", "note")),
    ("--sun-on", "--sun", 4.5),
    ("--line-strong", "--paper", 3),
    ("--line-strong", "--raised", 3),
    ("--tone-edge", "--paper", 3),
    ("--tone-edge", "--tone-tint", 3),
    ("--tone-solid", "--paper", 3),
]
# One element a colour; the canvas says what the browser really paints.
MEASURE = """
({hues, vivid, pairs}) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", {willReadFrequently: true});
  const probe = document.createElement("i");
  document.body.append(probe);
  const light = (name) => {
    probe.style.setProperty("color", `var(${name})`);
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = getComputedStyle(probe).color;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3).map((c) => {
      c /= 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const worst = pairs.map(([ink, ground, least]) => ({ink, ground, least, contrast: 99}));
  for (const hue of hues) for (const v of vivid) {
    document.documentElement.dataset.hue = hue;
    document.documentElement.dataset.vivid = v;
    const seen = {};
    const of = (name) => seen[name] ??= light(name);
    pairs.forEach(([ink, ground], i) => {
      const [a, b] = [of(ink), of(ground)].sort((x, y) => y - x);
      const contrast = (a + 0.05) / (b + 0.05);
      if (contrast < worst[i].contrast) Object.assign(worst[i], {contrast, hue, vivid: v});
    });
  }
  return worst;
}
"""


def measured(
    open_page: Callable[..., Any], address: str, *, theme: str, hues: list[int]
) -> list[dict[str, Any]]:
    page = open_page(color_scheme=theme)
    page.goto(address)
    worst: list[dict[str, Any]] = page.evaluate(
        MEASURE, {"hues": hues, "vivid": ["quiet", "soft", "bold"], "pairs": PAIRS}
    )
    return worst


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_hue_an_owner_may_pick_breaks_contrast(
    open_page: Callable[..., Any], gallery_address: str, theme: str
) -> None:
    worst = measured(open_page, gallery_address, theme=theme, hues=sorted(HUES))
    for row in worst:
        print(
            f"{theme:5} {row['ink']:12} on {row['ground']:12} {row['contrast']:5.2f} ≥ {row['least']}"
        )
    assert [row for row in worst if row["contrast"] < row["least"]] == []


def test_a_colour_that_is_too_light_would_be_seen(
    open_page: Callable[..., Any], gallery_address: str
) -> None:
    page = open_page(color_scheme="light")
    page.goto(gallery_address)
    page.evaluate("document.documentElement.style.setProperty('--tone-ink', 'oklch(.8 .05 140)')")
    worst = page.evaluate(MEASURE, {"hues": [140], "vivid": ["soft"], "pairs": PAIRS})
    assert ("--tone-ink", "--card") in {
        (row["ink"], row["ground"]) for row in worst if row["contrast"] < row["least"]
    }
