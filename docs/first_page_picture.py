"""Take the README's picture of the report's first page, as the PDF has it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from mcda.cli import main as command

TARGET = Path(__file__).parent / "pictures" / "first_page.png"
SCALE = 1.6  # of 72 dots an inch: letters of 7.5 points stay readable
COLOURS = 64


def main() -> None:
    """Write docs/pictures/first_page.png and print where it is."""
    with TemporaryDirectory() as place:
        command(["report", "ukraine_force", "--to", "brief", "--out", place])
        document = pypdfium2.PdfDocument(Path(place) / "brief.pdf")
        picture = document[0].render(scale=SCALE).to_pil()
        document.close()
    picture.convert("RGB").quantize(COLOURS).save(TARGET, optimize=True)
    print(TARGET)


if __name__ == "__main__":
    main()
