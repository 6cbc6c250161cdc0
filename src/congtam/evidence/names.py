"""What a file may be called: nothing that hides what it is, and nothing that leads elsewhere."""

import unicodedata

from congtam.evidence.models import LONGEST_NAME
from congtam.history.refused import Refused

KINDS = {  # endings of names, and the kind whose content they promise
    "pdf": "pdf",
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "docx": "docx",
    "xlsx": "xlsx",
    "odt": "odt",
}
ALLOWED = "PDF, PNG, JPG, DOCX, XLSX, ODT"
RUNS = frozenset(  # what a computer would run, wherever it stands in a name
    {
        "exe", "com", "scr", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "msi", "msp",
        "dll", "cpl", "lnk", "pif", "reg", "jar", "app", "dmg", "sh", "apk", "iso", "img", "docm", "xlsm", "dotm",
        "xltm", "xlam", "pptm", "html", "htm", "svg", "swf", "chm", "one",
    }
)  # fmt: skip


def checked_name(name: str) -> str:
    """The name as it is shown, at most `LONGEST_NAME` letters. Raises `Refused` when it hides what the file is."""
    plain = unicodedata.normalize("NFC", name).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for letter in plain):
        raise Refused(
            "Tên tệp có ký tự ẩn hoặc ký tự đảo chiều chữ, dùng để che đuôi tệp thật. Hãy đổi tên tệp rồi gửi lại.",
            "The name holds hidden or direction-turning characters, as are used to hide what a file is. Rename it.",
        )
    if "/" in plain or "\\" in plain or ".." in plain or plain.startswith("."):
        raise Refused(
            "Tên tệp chứa đường dẫn thư mục. Hãy đặt tên chỉ gồm chữ, số, dấu cách và đuôi tệp rồi gửi lại.",
            "The name of the file holds a path. Use letters, figures and blanks only, and send it again.",
        )
    stem, *endings = [part.strip() for part in plain.split(".")]
    running = [one for one in endings if one.casefold() in RUNS]
    if running:
        raise Refused(
            f"Tên tệp có đuôi “.{running[-1]}”, là loại máy tính có thể chạy như chương trình. Hãy gửi tệp {ALLOWED}.",
            f"The name has the ending “.{running[-1]}”, which a computer may run. Send one of: {ALLOWED}.",
        )
    if not stem or not endings or endings[-1].casefold() not in KINDS:
        raise Refused(
            f"Tệp “{plain[:LONGEST_NAME]}” không thuộc loại được nhận. Hãy gửi tệp {ALLOWED}.",
            f"The file “{plain[:LONGEST_NAME]}” is of no kind that is taken. Send one of: {ALLOWED}.",
        )
    return _shortened(plain)


def promised(name: str) -> str:
    """The kind that the ending of a checked name promises."""
    return KINDS[name.rpartition(".")[2].casefold()]


def _shortened(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip()}.{ending}"
