"""Sheets of A4 that are written from the top down, and begin anew when they are full."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final, Literal

from clientela.checkout.invoice_document.colour import Colour
from clientela.checkout.invoice_document.typeface import HEAVY, REGULAR, plain, runs, width, wrapped

WIDTH: Final = 595.28
HEIGHT: Final = 841.89
LEFT: Final = 56.0
RIGHT: Final = WIDTH - 56.0
TOP: Final = HEIGHT - 56.0
BOTTOM: Final = 72.0
_LEADING: Final = 1.42
Foot = Callable[[int, int], str]
"""What stands at the foot of a page: its number and how many there are, in words."""


class Paper:
    """One document. ``y`` is where the next line's top will be, in points from the sheet's lower edge."""

    def __init__(self, *, title: str, author: str, language: str, day: str) -> None:
        """Begin the first sheet. The file says ``day`` (ISO) as its date and holds no other."""
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 -- only a process that draws carries it

        self._file = io.BytesIO()
        self._canvas: Any = Canvas(
            self._file,
            pagesize=(WIDTH, HEIGHT),
            invariant=1,
            pageCompression=1,
            lang=language,
            pdfVersion=(1, 6),
        )
        self._canvas.setTitle(plain(title))
        self._canvas.setAuthor(plain(author))
        self._canvas.setSubject(plain(title))
        self._canvas.setCreator("Clientela")
        self._canvas.setProducer("Clientela")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        stamp = f"D:{day.replace('-', '')}000000+00'00'"
        self._canvas.setDateFormatter(lambda *_parts: stamp)
        self._sheets: list[list[Callable[[], None]]] = [[]]
        self.y = TOP

    def fits(self, height: float) -> bool:
        """Whether so much is left on this sheet."""
        return self.y - height >= BOTTOM

    def turn(self) -> None:
        """Go on with a new sheet."""
        self._sheets.append([])
        self.y = TOP

    def down(self, height: float) -> None:
        """Leave room."""
        self.y -= height

    def line(
        self,
        text: str,
        *,
        x: float = LEFT,
        size: float = 9.5,
        weight: int = REGULAR,
        colour: Colour,
        align: Literal["left", "right"] = "left",
        y: float | None = None,
    ) -> None:
        """Write one line whose top is at ``y``, by default here; the place does not move."""
        written = plain(text)
        if align == "right":
            x -= width(written, size=size, weight=weight)
        base = (self.y if y is None else y) - size
        self._later(lambda: self._write(written, x, base, size, weight, colour))

    def block(
        self,
        text: str,
        *,
        x: float = LEFT,
        room: float = RIGHT - LEFT,
        size: float = 9.5,
        weight: int = REGULAR,
        colour: Colour,
    ) -> None:
        """Write text in as many lines as it takes, and go below them; on to a new sheet where one is full."""
        for one in wrapped(text, size=size, room=room, weight=weight):
            if not self.fits(size * _LEADING):
                self.turn()
            self.line(one, x=x, size=size, weight=weight, colour=colour)
            self.down(size * _LEADING)

    def rule(self, *, colour: Colour, x: float = LEFT, to: float = RIGHT) -> None:
        """Draw a hairline here."""
        y = self.y
        self._later(lambda: self._stroke(x, to, y, colour))

    def card(self, *, x: float, y: float, across: float, high: float, colour: Colour) -> None:
        """Fill a rounded rectangle whose upper left corner is given."""
        self._later(lambda: self._rounded(x, y - high, across, high, colour))

    def stub(self, *, x: float, y: float, across: float, high: float, colour: Colour) -> None:
        """Fill the torn-off end of a slip: round on the left, straight where it was torn."""
        self.card(x=x, y=y, across=across, high=high, colour=colour)
        half = across / 2
        self._later(lambda: self._straight(x + half, y - high, half, high, colour))

    def perforation(self, *, x: float, y: float, high: float, hole: Colour) -> None:
        """Draw where a slip is torn: two notches in its edges, and dots between them."""
        self._later(lambda: self._perforate(x, y, high, hole))

    def finish(self, *, foot: Foot, colour: Colour) -> bytes:
        """Draw all sheets with their feet, and return the file."""
        total = len(self._sheets)
        for number, sheet in enumerate(self._sheets, start=1):
            for draw in sheet:
                draw()
            words = plain(foot(number, total))
            self._write(words, RIGHT - width(words, size=8), 40, 8, REGULAR, colour)
            self._canvas.showPage()
        self._canvas.save()  # writes: a file in memory, not a row
        return self._file.getvalue()

    def _later(self, draw: Callable[[], None]) -> None:
        """Keep what is drawn until it is known how many sheets there are."""
        self._sheets[-1].append(draw)

    def _write(
        self, text: str, x: float, y: float, size: float, weight: int, colour: Colour
    ) -> None:
        self._canvas.setFillColorRGB(*colour)
        for run in runs(text, weight=weight):
            self._canvas.setFont(run.font, size)
            self._canvas.drawString(x, y, run.text)
            x += self._canvas.stringWidth(run.text, run.font, size)

    def _stroke(self, x: float, to: float, y: float, colour: Colour) -> None:
        self._canvas.setStrokeColorRGB(*colour)
        self._canvas.setLineWidth(0.6)
        self._canvas.line(x, y, to, y)

    def _rounded(self, x: float, y: float, across: float, high: float, colour: Colour) -> None:
        self._canvas.setFillColorRGB(*colour)
        self._canvas.roundRect(x, y, across, high, 12, stroke=0, fill=1)

    def _straight(self, x: float, y: float, across: float, high: float, colour: Colour) -> None:
        self._canvas.setFillColorRGB(*colour)
        self._canvas.rect(x, y, across, high, stroke=0, fill=1)

    def _perforate(self, x: float, y: float, high: float, hole: Colour) -> None:
        self._canvas.setFillColorRGB(*hole)
        for edge in (y, y - high):
            self._canvas.circle(x, edge, 7, stroke=0, fill=1)
        self._canvas.saveState()
        self._canvas.setStrokeColorRGB(*hole)
        self._canvas.setLineWidth(1.6)
        self._canvas.setLineCap(1)
        self._canvas.setDash(0.01, 5)
        self._canvas.line(x, y - 12, x, y - high + 11)
        self._canvas.restoreState()


__all__ = ["BOTTOM", "HEAVY", "LEFT", "REGULAR", "RIGHT", "TOP", "WIDTH", "Paper"]
