"""Papers as files: `pdf` to sign and send, `docx` to edit, `xlsx` to count with."""

from congtam.documents.composing import compose
from congtam.documents.papers import Imprint, Paper
from congtam.documents.typesetting import pdf_of, pictures_of
from congtam.documents.word import docx_of
from congtam.documents.workbook import xlsx_of


def pdf(paper: Paper) -> bytes:
    """PDF/A-2b in the layout of Decree 30/2020, with empty fields for the signatures of the person and the agency.

    Raises `Refused` for a text with letters that no font of the machine holds."""
    return pdf_of(compose(paper))


def docx(paper: Paper) -> bytes:
    """The same to edit. What is changed in it is no longer the paper that was kept."""
    return docx_of(compose(paper))


def xlsx(paper: Paper, imprint: Imprint) -> bytes:
    """Its tables, figures as figures, one to a sheet, each below the imprint."""
    return xlsx_of(compose(paper), imprint)


def pictures(paper: Paper) -> list[bytes]:
    """Its pages as PNG."""
    return pictures_of(compose(paper))
