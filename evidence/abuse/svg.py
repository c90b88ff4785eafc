"""Plain SVG: rectangles, lines, circles and text, every string escaped, no script, no style sheet.

Typst, browsers and print read it alike. One ink and greys only; a count is also written in
figures, so that colour is never the only sign.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

FONT = "Noto Sans SC"
INK = "#1a1a1a"
GREY = "#6b6b6b"
LINE = "#c9c9c9"
SHADE = "#ededed"
PAPER = "#ffffff"
# Steps of ink from one contact to many.
STEPS = ("#d0d0d0", "#9a9a9a", "#5c5c5c", "#1a1a1a")

# Not allowed in XML 1.0 at all, escaped or not.
_FORBIDDEN = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF])
_FORBIDDEN |= dict.fromkeys(range(0xD800, 0xE000))


def clean(text: str) -> str:
    """Text as XML character data."""
    return escape(text.translate(_FORBIDDEN))


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


class Drawing:
    """Collects shapes; sizes are CSS pixels."""

    def __init__(self, *, title: str, description: str, language: str) -> None:
        self._title = title
        self._description = description
        self._language = language
        self._shapes: list[str] = []

    def rectangle(
        self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "none"
    ) -> None:
        """An upright rectangle."""
        self._shapes.append(
            f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" '
            f'height="{_number(height)}" fill="{fill}" stroke="{stroke}"/>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, width: float = 1, dashed: bool = False
    ) -> None:
        """A straight line in ink when dashed (a limit), in grey otherwise."""
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        colour = INK if dashed else LINE
        self._shapes.append(
            f'<line x1="{_number(x1)}" y1="{_number(y1)}" x2="{_number(x2)}" y2="{_number(y2)}" '
            f'stroke="{colour}" stroke-width="{_number(width)}"{dash}/>'
        )

    def circle(self, x: float, y: float, radius: float, fill: str) -> None:
        """A filled circle."""
        self._shapes.append(
            f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}" fill="{fill}"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: int = 12,
        fill: str = INK,
        anchor: str = "start",
    ) -> None:
        """One line of text; `anchor` is start, middle or end."""
        self._shapes.append(
            f'<text x="{_number(x)}" y="{_number(y)}" font-size="{size}" fill="{fill}" '
            f'text-anchor="{anchor}">{clean(text)}</text>'
        )

    def render(self, width: float, height: float) -> str:
        """The whole SVG document."""
        language = quoteattr(self._language)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_number(width)}" '
            f'height="{_number(height)}" viewBox="0 0 {_number(width)} {_number(height)}" '
            f'role="img" lang={language} font-family="{FONT}, sans-serif">'
            f"<title>{clean(self._title)}</title><desc>{clean(self._description)}</desc>"
            f'<rect width="{_number(width)}" height="{_number(height)}" fill="{PAPER}"/>'
            f"{''.join(self._shapes)}</svg>"
        )


def step(count: int) -> str:
    """The ink for a count: 1, 2–3, 4–6, more."""
    if count <= 1:
        return STEPS[0]
    if count <= 3:
        return STEPS[1]
    return STEPS[2] if count <= 6 else STEPS[3]


def on_step(count: int) -> str:
    """The ink of a figure written on `step(count)`."""
    return INK if count <= 3 else PAPER
