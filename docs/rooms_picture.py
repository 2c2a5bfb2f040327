"""Draw the rooms of the engine and who imports whom, from the code: dots lie below the diagonal alone."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

REPOSITORY = Path(__file__).parents[1]
MCDA = REPOSITORY / "mcda"
TARGET = Path(__file__).parent / "pictures" / "rooms.svg"
STEP = 30  # from a row to the next, and from a column to the next
LEFT = 590  # where the dots begin
TOP = 110  # room for the heads of columns
NAME = 110  # where sentences begin
INK = "#1a1a1a"
SOFT = "#595959"
DOT = "#1f5f8b"


def rooms() -> tuple[str, ...]:
    """Return the rooms from the bottom up, as the test of the house states them."""
    tree = ast.parse((REPOSITORY / "tests" / "test_house.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "ROOMS":
            return tuple(ast.literal_eval(node.value))
    raise LookupError("tests/test_house.py states no ROOMS")


def purpose(room: str) -> str:
    """Return the first sentence of what a room says of itself."""
    place = MCDA / room.replace(".", "/")
    path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = told.split("\n\n")[0].replace("\n", " ").replace("`", "")
    return first.split(". ")[0].rstrip(".")


def room_of(module: str, every: tuple[str, ...]) -> str | None:
    """Return the room of a module, the narrowest that holds it."""
    inside = module.removeprefix("mcda.")
    found = [room for room in every if f"{inside}.".startswith(f"{room}.")]
    return max(found, key=len) if found and module.startswith("mcda.") else None


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.update([node.module, *(f"{node.module}.{each.name}" for each in node.names)])
        if isinstance(node, ast.Import):
            found.update(each.name for each in node.names)
    return found


@cache
def uses(every: tuple[str, ...]) -> dict[str, set[str]]:
    """Return which rooms each room imports from."""
    found: dict[str, set[str]] = {room: set() for room in every}
    for path in sorted(MCDA.rglob("*.py")):
        name = ".".join(path.relative_to(REPOSITORY).with_suffix("").parts)
        own = room_of(name.removesuffix(".__init__"), every)
        if own:
            found[own].update(room for module in imported(path) if (room := room_of(module, every)))
    return {room: others - {room} for room, others in found.items()}


def text(x: float, y: float, words: str, extra: str = "") -> str:
    """Return a line of text."""
    return f'<text x="{x:d}" y="{y:d}" {extra}>{escape(words)}</text>'


def picture() -> str:
    """Return the picture: a row for each room from the top down, a dot for each room it imports."""
    every = rooms()
    below = uses(every)
    down = every[::-1]
    width = LEFT + STEP * len(down) + 20
    height = TOP + STEP * len(down) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"',
        f' font-family="sans-serif" font-size="13" fill="{INK}">',
        "<title>The rooms of the engine, and which imports from which</title>",
        f"<desc>{escape(described(down, below))}</desc>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for at, room in enumerate(down):
        parts.extend(row(at, room, down, below[room]))
    return "\n".join([*parts, "</svg>\n"])


def row(at: int, room: str, down: tuple[str, ...], others: set[str]) -> list[str]:
    """Return what is drawn of one room: its line, its name and purpose, its column's head, its dots."""
    middle = TOP + STEP * at + STEP // 2
    column = LEFT + STEP * at + STEP // 2
    end = LEFT + STEP * len(down)
    turned = f'transform="rotate(-60 {column} {TOP - 8})"'
    drawn = [
        f'<line x1="8" x2="{end}" y1="{middle + 15}" y2="{middle + 15}" stroke="#d9d9d9"/>',
        text(10, middle + 4, room, 'font-weight="bold"'),
        text(NAME, middle + 4, purpose(room), f'fill="{SOFT}"'),
        text(column, TOP - 8, room, turned),
        f'<rect x="{column - 11}" y="{middle - 11}" width="22" height="22" fill="#ececec"/>',
    ]
    for place, other in enumerate(down):
        if other in others:
            x = LEFT + STEP * place + STEP // 2
            drawn.append(f'<circle cx="{x}" cy="{middle}" r="6" fill="{DOT}"/>')
    return drawn


def described(down: tuple[str, ...], below: dict[str, set[str]]) -> str:
    """Return the picture in words."""
    told = []
    for room in down:
        others = [other for other in down if other in below[room]]
        told.append(f"{room}: {purpose(room)}; imports {', '.join(others) or 'none'}.")
    return " ".join(told)


if __name__ == "__main__":
    TARGET.write_text(picture(), encoding="utf-8", newline="\n")
    print(TARGET)
