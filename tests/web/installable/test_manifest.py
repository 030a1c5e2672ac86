"""The manifests and icons: what a phone needs to put the page on its home screen."""

from __future__ import annotations

import json
import struct
import zlib
from itertools import product

import pytest
from django.test import Client
from tests import factories

from clientela.business.models import BookingPolicy, Business, ClientLogin
from clientela.web.colour import CHROMA
from clientela.web.installable.colours import Colours, colours_of
from clientela.web.installable.picture import SIZES, mark_png

pytestmark = pytest.mark.django_db


def pixels(png: bytes) -> list[bytes]:
    """Read a picture back row by row, by the standard's own words and not by the program's."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", png[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(kind + data)
        found[kind] = data
        at += 12 + length
    width, height, depth, colours, *rest = struct.unpack(">IIBBBBB", found[b"IHDR"])
    assert (depth, colours, rest) == (8, 2, [0, 0, 0])
    raw = zlib.decompress(found[b"IDAT"])
    assert len(raw) == height * (1 + 3 * width)
    rows = [raw[n * (1 + 3 * width) : (n + 1) * (1 + 3 * width)] for n in range(height)]
    assert {row[0] for row in rows} == {0}
    return [row[1:] for row in rows]


@pytest.mark.req("S2.22")
def test_a_business_installs_under_its_own_name_and_colour(
    client: Client, business: Business
) -> None:
    answer = client.get("/fisio-retiro/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    said = json.loads(answer.content)
    colours = colours_of(business)
    assert said == {
        "id": "/fisio-retiro/",
        "name": "Fisio Retiro",
        "short_name": "Fisio Retiro",
        "description": "",
        "lang": "es",
        "start_url": "/fisio-retiro/",
        "scope": "/",
        "display": "standalone",
        "theme_color": colours.solid,
        "background_color": colours.paper,
        "icons": [
            {
                "src": f"/fisio-retiro/icon-{size}.png",
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size in (192, 512)
            for purpose in ("any", "maskable")
        ],
        "shortcuts": [{"name": "Mis citas", "url": "/client/"}],
    }


def test_the_persons_own_pages_install_without_a_business(client: Client) -> None:
    answer = client.get("/client/manifest.webmanifest", headers={"accept-language": "it"})
    said = json.loads(answer.content)
    assert (said["start_url"], said["lang"], said["name"]) == (
        "/client/",
        "it",
        "I miei appuntamenti",
    )
    assert said["icons"][0]["src"] == "/client/icon-192.png"


def test_a_name_too_long_for_an_icon_is_cut_at_its_first_word(client: Client) -> None:
    factories.make_business("centro", name="Centro de Fisioterapia Avanzada")
    said = client.get("/centro/manifest.webmanifest").json()
    assert said["short_name"] == "Centro"


def test_where_clients_have_no_log_in_there_is_no_way_to_their_appointments(
    client: Client, business: Business
) -> None:
    BookingPolicy._base_manager.filter(business=business).update(client_login=ClientLogin.OFF)
    assert client.get("/fisio-retiro/manifest.webmanifest").json()["shortcuts"] == []


@pytest.mark.req("S2.22")
@pytest.mark.parametrize("size", SIZES)
def test_an_icon_is_the_mark_on_the_businesss_colour(
    client: Client, business: Business, size: int
) -> None:
    answer = client.get(f"/fisio-retiro/icon-{size}.png")
    assert answer["Content-Type"] == "image/png"
    rows = pixels(answer.content)
    assert (len(rows), len(rows[0])) == (size, size * 3)
    ground = bytes.fromhex(colours_of(business).solid[1:])
    corner, middle = rows[0][:3], rows[size // 2]
    assert corner == rows[-1][-3:] == ground
    white = size * 3 // 4  # in the body of the slip, between its two lines
    assert middle[white * 3 : white * 3 + 3] == b"\xff\xff\xff"


def test_the_mark_stays_where_every_shape_of_icon_leaves_it_alone() -> None:
    """Outside the circle of four fifths there is nothing but the ground."""
    size, ground = 192, bytes.fromhex("7a3b5e")
    for y, row in enumerate(pixels(mark_png(size=size, ground="#7a3b5e"))):
        for x in range(size):
            away = ((x + 0.5 - size / 2) ** 2 + (y + 0.5 - size / 2) ** 2) ** 0.5
            if away > size * 0.4:
                assert row[x * 3 : x * 3 + 3] == ground, (x, y)


@pytest.mark.parametrize("address", ["/fisio-retiro/icon-180.png", "/client/icon-99999.png"])
def test_no_other_size_is_drawn(client: Client, business: Business, address: str) -> None:
    assert client.get(address).status_code == 404


def test_white_stands_out_on_every_colour_a_business_may_choose() -> None:
    def light(colour: str) -> float:
        linear = [
            one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
            for one in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for hue, vivid in product(range(0, 360, 10), CHROMA):
        tones = colours_of(Business(hue=hue, vivid=vivid))
        assert 1.05 / (light(tones.solid) + 0.05) >= 4.5, (hue, vivid)
    assert colours_of(None) == Colours(solid="#78405c", paper="#faf6f7")
