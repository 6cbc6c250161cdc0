"""What is added to a PDF goes behind its end, and nothing of what it says of itself is written anew."""

from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class Addition(IncrementalPdfFileWriter):
    """An update of a PDF/A that leaves its metadata byte for byte: written anew by pyHanko they would carry the clock
    of the machine, and the description of their own schemas in another form."""

    def _update_meta(self) -> Any:
        return None
