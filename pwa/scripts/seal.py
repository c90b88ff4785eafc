"""Draw the mark, a square seal with 留证 in it, as SVG outlines and as the PNG icons.

Run by hand when the mark changes: `.venv/bin/python pwa/scripts/seal.py`. The outlines are those of
Noto Serif SC (OFL), which `npm install` puts beside the client. The results are committed.
"""

from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

PWA = Path(__file__).parent.parent
FONT = PWA / "node_modules/@expo-google-fonts/noto-serif-sc/900Black/NotoSerifSC_900Black.ttf"
ICONS = PWA / "public/icons"
RED, PAPER = "#a61c1c", "#fffdf8"
# Each character fills one half of the square: (left, top, right, bottom) in a field of 64.
BOXES = {"留": (12.0, 9.5, 52.0, 31.0), "证": (12.0, 33.0, 52.0, 54.5)}


def outlines() -> str:
    """The two characters as one SVG path, each stretched to its box as a seal cutter would."""
    font = TTFont(FONT)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.2f}".rstrip("0").rstrip("."))
    for character, (left, top, right, bottom) in BOXES.items():
        glyph = glyphs[names[ord(character)]]
        bounds = BoundsPen(glyphs)
        glyph.draw(bounds)
        x0, y0, x1, y1 = bounds.bounds
        across, down = (right - left) / (x1 - x0), (bottom - top) / (y1 - y0)
        glyph.draw(TransformPen(pen, (across, 0, 0, -down, left - x0 * across, bottom + y0 * down)))
    return pen.getCommands()


def write_svg() -> None:
    """The mark as SVG, for the page and the browser's tab."""
    (ICONS / "seal.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect x="3" y="3" width="58" height="58" rx="5" fill="{RED}"/>'
        f'<path fill="{PAPER}" d="{outlines()}"/></svg>\n',
        encoding="utf-8",
    )


def write_png(name: str, size: int, *, bleed: bool) -> None:
    """The mark as PNG; `bleed` fills the corners and keeps the seal in the maskable safe zone."""
    over = 4 * size
    image = Image.new("RGBA", (over, over), RED if bleed else (0, 0, 0, 0))
    draw, unit = ImageDraw.Draw(image), over / 64
    if not bleed:
        draw.rounded_rectangle((3 * unit, 3 * unit, 61 * unit, 61 * unit), 5 * unit, fill=RED)
    font = ImageFont.truetype(str(FONT), over // 2)
    shrink = 0.8 if bleed else 1.0
    for character, box in BOXES.items():
        left, top, right, bottom = (32 + (value - 32) * shrink for value in box)
        x0, y0, x1, y1 = font.getbbox(character)
        stamp = Image.new("L", (x1 - x0, y1 - y0), 0)
        ImageDraw.Draw(stamp).text((-x0, -y0), character, font=font, fill=255)
        stamp = stamp.resize((round((right - left) * unit), round((bottom - top) * unit)))
        image.paste(PAPER, (round(left * unit), round(top * unit)), stamp)
    image = image.resize((size, size), Image.Resampling.LANCZOS)
    image.quantize(64).save(ICONS / name, optimize=True)


if __name__ == "__main__":
    write_svg()
    write_png("seal-192.png", 192, bleed=False)
    write_png("seal-512.png", 512, bleed=False)
    write_png("seal-maskable-512.png", 512, bleed=True)
