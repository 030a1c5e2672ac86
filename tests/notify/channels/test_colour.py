"""The colours of a mail keep the contrast of the pages, whatever the hue."""

from __future__ import annotations

import pytest

from clientela.notify.channels.email.colour import palette


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("vivid", ["quiet", "soft", "bold"])
def test_every_hue_is_legible_in_both_schemes(vivid):
    for hue in range(0, 360, 10):
        tone = palette(hue, vivid)
        assert contrast(tone.solid, "#ffffff") >= 4.5, hue
        assert contrast(tone.ink, tone.paper) >= 4.5, hue
        assert contrast(tone.dark_ink, tone.dark_paper) >= 4.5, hue
        assert contrast("#f1eff3", tone.dark_paper) >= 4.5, hue
        assert contrast("#5c5663", tone.paper) >= 4.5, hue


def test_hues_differ():
    assert len({palette(hue, "soft").solid for hue in range(0, 360, 10)}) == 36
