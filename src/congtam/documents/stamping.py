"""A PAdES signature put into a PDF by pyHanko: into its named field, with what it shows there, stamped when asked."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle

from congtam.documents.adding import Addition
from congtam.documents.typesetting import mark
from congtam.engine.periods import VIETNAM
from congtam.history.refused import Refused


def signed(
    pdf: bytes,
    signer: Signer,
    field: str,
    shown: tuple[str, ...],
    colour: str,
    stamper: TimeStamper | None,
    now: datetime,
) -> bytes:
    """The PDF with one more signature in an empty field. Raises `Refused` when the key did not sign, or as `stamper`
    does; then nothing came of it."""
    meta = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    lines = (*shown, f"Thời gian ký: {now.astimezone(VIETNAM).isoformat(timespec='seconds')}")
    with TemporaryDirectory() as folder:
        drawn = Path(folder) / "mark.pdf"
        drawn.write_bytes(mark(lines, colour, *_size(pdf, field)))
        style = StaticStampStyle(background=ImportedPdfPage(drawn), border_width=0)  # type: ignore[no-untyped-call]
        signing = _At(meta, signer, timestamper=stamper, stamp_style=style)
        signing.now = now
        try:
            return signing.sign_pdf(Addition(BytesIO(pdf)), existing_fields_only=True).getvalue()
        except (SigningError, ValueError, OSError) as error:
            raise Refused(
                f"Khóa này không ký được văn bản ({error}). Chưa ký gì. Hãy xem lại thiết bị hoặc tệp khóa rồi ký lại.",
                f"This key cannot sign the paper ({error}). Nothing was signed. Look at the device or the key file.",
            ) from None


def is_empty(pdf: bytes, field: str) -> bool | None:
    """Whether a field of that name waits for a signature; None when there is no such field."""
    reader = PdfFileReader(BytesIO(pdf))
    found = {name: value for name, value, _ in enumerate_sig_fields(reader)}
    return found[field] is None if field in found else None


class _At(PdfSigner):
    """Signs as of an instant that is an argument."""

    now: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.now
        return session


def _size(pdf: bytes, field: str) -> tuple[float, float]:
    reader = PdfFileReader(BytesIO(pdf))
    found = {name: reference for name, _, reference in enumerate_sig_fields(reader)}
    left, bottom, right, top = (float(one) for one in found[field].get_object()["/Rect"])
    return right - left, top - bottom
