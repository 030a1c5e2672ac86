"""What we carry of other projects is what `vendor.toml` says, and a change is seen."""

from __future__ import annotations

import json
from pathlib import Path

from tools import daygrid_css, vendor


def test_every_vendored_file_is_the_recorded_one() -> None:
    assert vendor.faults() == []


def test_the_icons_are_the_ones_that_are_named() -> None:
    [icons] = [package.icons for package in vendor.packages() if package.icons]
    assert sorted(json.loads((vendor.ROOT / icons["to"]).read_text())) == sorted(icons["names"])


def test_a_changed_or_missing_file_is_told_by_name(tmp_path: Path) -> None:
    package = vendor.Package(
        name="thing",
        version="1",
        licence="ISC",
        sha256="",
        files=(
            {"from": "a", "to": "kept.js", "sha256": vendor.digest(b"kept")},
            {"from": "b", "to": "changed.js", "sha256": vendor.digest(b"before")},
            {"from": "c", "to": "lost.js", "sha256": vendor.digest(b"lost")},
        ),
        icons=None,
    )
    (tmp_path / "kept.js").write_bytes(b"kept")
    (tmp_path / "changed.js").write_bytes(b"after")
    assert vendor.faults(tmp_path, [package]) == [
        "changed.js: differs from thing 1",
        "lost.js: missing; it belongs to thing 1",
    ]


def test_drawings_are_gathered_without_their_frame() -> None:
    drawing = (
        b'<!-- note -->\n<svg\n  class="x"\n>\n  <path d="M1 1" />\n  <circle r="2" />\n</svg>\n'
    )
    gathered = vendor.gather_icons(drawings={"package/icons/dot.svg": drawing}, names=["dot"])
    assert json.loads(gathered) == {"dot": '<path d="M1 1"/><circle r="2"/>'}


def test_the_places_of_the_day_grid_are_up_to_date() -> None:
    assert daygrid_css.TARGET.read_text(encoding="utf-8") == daygrid_css.css()


def test_every_five_minutes_of_a_day_have_a_place_and_a_length() -> None:
    css = daygrid_css.css()
    assert ".t-0930{--t:114}" in css
    assert ".t-2400{--t:288}" in css
    assert ".m-45{--m:9}" in css
    assert ".m-1440{--m:288}" in css
    assert (css.count(".t-"), css.count(".m-N"), css.count("{--m:")) == (290, 1, 288)
