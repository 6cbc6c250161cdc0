"""What ISO 19005-2 (level B) asks of a PDF, as far as its objects tell it without a validator: everything that is
broken, in words. Every object that can be reached is looked at once."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
ACTIONS = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition", "/Trans",
           "/GoTo3DView", "/JavaScript"}  # fmt: skip
ANNOTATIONS = {"/Widget", "/Link"}  # all that a paper of ours may have


def broken(pdf: bytes) -> list[str]:
    """What is broken, each said once."""
    reader = PdfFileReader(BytesIO(pdf))
    found = [*_file(pdf, reader), *_told(reader), *_form(reader)]
    for where, one in _objects(reader):
        found += [f"{where}: {said}" for said in _object(one)]
    return list(dict.fromkeys(found))


def _file(pdf: bytes, reader: PdfFileReader) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", pdf):
        yield "the head is not that of a binary PDF 1.x"
    if reader.encrypted or "/Encrypt" in reader.trailer:
        yield "it is encrypted"
    if "/ID" not in reader.trailer:
        yield "it has no ID"
    if not pdf.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "something follows its end"


def _told(reader: PdfFileReader) -> Iterator[str]:
    """What it says it is: XMP, and one colour profile for all its colours."""
    metadata = reader.root["/Metadata"].get_object()
    xmp = metadata.data.decode()
    for key, value in (("part", "2"), ("conformance", "B")):
        if not re.search(rf"pdfaid:{key}(>|=['\"]){value}", xmp):
            yield f"XMP does not say {key} {value}"
    if "/Filter" in metadata:
        yield "XMP is packed"
    intents = [one.get_object() for one in _at(reader.root, "/OutputIntents", ())]
    if [one["/S"] for one in intents] != ["/GTS_PDFA1"]:
        yield "it has no output intent, or several"
    elif intents[0]["/DestOutputProfile"].get_object().data[36:40] != b"acsp":
        yield "its output intent holds no ICC profile"
    if "/AA" in reader.root or "/EmbeddedFiles" in _at(reader.root, "/Names", {}):
        yield "it acts by itself, or carries files"


def _form(reader: PdfFileReader) -> Iterator[str]:
    form = _at(reader.root, "/AcroForm", {})
    if form.get("/NeedAppearances") or "/XFA" in form:
        yield "its form is drawn by the reader"


def _at(one: Any, key: str, other: Any) -> Any:
    """What stands at a key, wherever it lies (`get` of a PDF's dictionary may hand out the reference)."""
    try:
        return one[key]
    except KeyError:
        return other


def _objects(reader: PdfFileReader) -> Iterator[tuple[str, Any]]:
    """Every dictionary and stream, with the way to it."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[str, Any]] = [("", reader.trailer.flatten())]
    while waiting:
        where, one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield where or "trailer", one
            waiting += [(f"{where}{key}", one.raw_get(key)) for key in one if key != "/Parent"]
        elif isinstance(one, ArrayObject):
            waiting += [(where, one.raw_get(at)) for at in range(len(one))]


def _object(one: Any) -> Iterator[str]:
    if isinstance(one, StreamObject):
        yield from _stream(one)
    kind = one.get("/Type")
    if kind == "/Font":
        yield from _font(one)
    elif kind == "/Annot" or one.get("/Subtype") == "/Widget":
        yield from _annotation(one)
    elif kind == "/ExtGState" and ({"/TR", "/HTP"} & set(one) or one.get("/TR2", "/Default") != "/Default"):
        yield "a graphics state has a transfer function"
    if one.get("/S") in ACTIONS:
        yield f"an action {one['/S']}"
    if "/AA" in one:
        yield "something acts by itself"
    if (
        kind == "/Sig"
        and "/ByteRange" in one
        and one.get("/SubFilter") not in ("/ETSI.CAdES.detached", "/ETSI.RFC3161")
    ):
        yield f"a signature of the form {one.get('/SubFilter')}"


def _stream(one: Any) -> Iterator[str]:
    filters = one.get("/Filter", ())
    if "/LZWDecode" in (filters if isinstance(filters, list) else [filters]) or "/Crypt" in str(filters):
        yield "a stream is packed by LZW, or encrypted"
    if {"/F", "/FFilter", "/FDecodeParms"} & set(one):
        yield "a stream lies outside of the file"
    if one.get("/Subtype") == "/PS" or {"/OPI", "/Ref", "/Alternates"} & set(one) or one.get("/Interpolate"):
        yield "an object that is not to be in an archive"


def _font(one: Any) -> Iterator[str]:
    name = one.get("/BaseFont")
    if one["/Subtype"] == "/Type0":
        if "/ToUnicode" not in one:
            yield f"the words set in {name} cannot be taken out"
        if one["/Encoding"] not in ("/Identity-H", "/Identity-V"):
            yield f"{name} has an encoding of its own"
        return
    told = _at(one, "/FontDescriptor", {})
    if not any(file in told for file in FONT_FILES):
        yield f"the font {name} is not in the file"
    if one["/Subtype"] == "/CIDFontType2" and one.get("/CIDToGIDMap") != "/Identity":
        yield f"{name} does not say which letter is which"


def _annotation(one: Any) -> Iterator[str]:
    if one["/Subtype"] not in ANNOTATIONS:
        yield f"an annotation {one['/Subtype']}"
    flags = one.get("/F", 0)
    if not flags & 4 or flags & (1 | 2 | 32 | 256):
        yield "an annotation that is not printed as it is seen"
    left, bottom, right, top = (float(side) for side in one["/Rect"])
    drawn = _at(one, "/AP", None)
    if one["/Subtype"] == "/Widget":
        if drawn is None and (right > left or top > bottom):
            yield "a field without a drawing"
        elif drawn is not None and (set(drawn) != {"/N"} or not isinstance(drawn["/N"].get_object(), StreamObject)):
            yield "a field with more than one drawing"
        if "/A" in one:
            yield "a field that acts"
