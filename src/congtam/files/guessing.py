"""Guesses from its name and contents what a column is for. A guess is only ever a proposal to a person."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

KEYS = (
    *("ma ho so", "so ho so", "ma hs", "so hs", "ma so", "ma don", "so don", "ma cong viec", "ma viec", "so den"),
    *("so ky hieu", "so bien nhan", "case concept name", "concept name", "case id", "case key", "case enquiry id"),
    *("unique key", "ticket", "ma", "id", "key", "so", "stt"),
)
VAGUE_KEYS = ("ma", "id", "key", "so", "stt")  # alone they say too little to gather rows by
NEVER_KEYS = (
    *("he so", "so ngay", "so gio", "so luong", "so lan", "so tien", "so trang", "so dien thoai", "diem", "thoi han"),
    *("coefficient", "amount", "score", "phone"),
)
RECEIVED = (
    *("ngay tiep nhan", "tiep nhan", "ngay nhan", "ngay nop", "ngay giao", "ngay tao", "ngay den"),
    *("ngay thang den", "nhan ho so", "received", "receipt", "created", "submitted", "registered", "open dt"),
    *("opened", "open", "startdate", "start date", "start"),
)
DUE = (
    *("ngay hen tra", "hen tra", "han tra", "han xu ly", "han giai quyet", "han chot", "ngay hen", "thoi han"),
    *("han", "due date", "duedate", "due", "deadline", "target", "planned"),
)
FINISHED = (
    *("ngay tra ket qua", "ngay tra", "ngay hoan thanh", "ngay ket thuc", "ngay giai quyet", "ngay xong", "hoan thanh"),
    *("tra ket qua", "ket thuc", "closed", "finished", "completed", "resolved", "enddate", "end date", "end"),
)
HAPPENED = ("time timestamp", "timestamp", "thoi diem", "thoi gian", "date", "time", "ngay")
OFFICIAL = (
    *("can bo thu ly", "can bo xu ly", "cb thu ly", "cb xu ly", "can bo", "chuyen vien", "nguoi xu ly"),
    *("nguoi thu ly", "cong chuc", "cb", "responsible actor", "responsible", "official", "officer", "assignee"),
    *("handler", "resource", "owner", "nguoi giai quyet", "nguoi thuc hien", "nguoi chu tri", "chu tri"),
)
UNIT = (
    *("don vi", "phong ban", "p ban", "phong", "bo phan", "co quan", "department", "agency", "unit", "division"),
    *("group", "team"),
)
COEFFICIENT = ("he so quy doi", "he so", "coefficient")
CHANNEL = ("kenh", "hinh thuc nop", "hinh thuc tiep nhan", "hinh thuc", "channel", "source")
PROCEDURE = ("ten thu tuc", "thu tuc", "linh vuc", "loai viec", "procedure", "complaint type", "request type", "type")
ACTIVITY = ("concept name", "activity", "buoc", "cong doan", "hanh dong", "task", "step")
MOST_CODES = 15  # distinct values a channel may have
LONGEST_CODE = 60  # characters of such a value
CHANNEL_WORDS = {
    "online": ("internet", "online", "truc tuyen", "web", "portal", "self service"),
    "mobile": ("mobile", "app", "di dong"),
    "counter": ("desk", "counter", "quay", "truc tiep", "tai cho", "walk in"),
    "post": ("post", "mail", "buu chinh", "buu dien"),
    "phone": ("phone", "call", "dien thoai", "tong dai"),
    "email": ("e mail", "email", "thu dien tu"),
}


def says(name: str, words: Iterable[str]) -> bool:
    """Whether a column's name has one of `words` in it."""
    said = f" {plain(name)} "
    return any(f" {word} " in said for word in words)


def plain(name: str) -> str:
    """Lower case words without marks: `Ngày nhận`, `OPEN_DT`, `startDate` → ngay nhan, open dt, start date."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    letters = unicodedata.normalize("NFD", spaced).replace("đ", "d").replace("Đ", "D")
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", bare.lower()))


@dataclass
class Columns:
    """The columns (or attributes) of a sample; a name is handed out once."""

    values: dict[str, list[str]]
    used: list[str] = field(default_factory=list)

    def find(self, words: Iterable[str], fits: Callable[[str], bool] = lambda name: True) -> str | None:
        """The unused column whose name fits the earliest of `words` best, and whose contents fit; now used."""
        found = self.look(words, fits)
        if found is not None:
            self.used.append(found)
        return found

    def look(self, words: Iterable[str], fits: Callable[[str], bool] = lambda name: True) -> str | None:
        """The same, without using it."""
        open_names = [(name, plain(name)) for name in self.values if name not in self.used and self.filled(name)]
        for word in words:
            close = [(said != word, len(said), name) for name, said in open_names if f" {word} " in f" {said} "]
            for _, _, name in sorted(close):
                if fits(name):
                    return name
        return None

    def filled(self, name: str) -> list[str]:
        """The values that are not blank."""
        return [unicodedata.normalize("NFC", text) for value in self.values[name] if (text := value.strip())]

    def distinct(self, name: str) -> list[str]:
        """The different values, the most frequent first."""
        values = self.filled(name)
        return sorted(set(values), key=lambda value: (-values.count(value), value))


def channel_code(value: str) -> str:
    """The code a channel's name suggests; else the name itself, in plain letters."""
    said = f" {plain(value)} "
    if " e mail " in said or " email " in said:
        return "email"
    for code, words in CHANNEL_WORDS.items():
        if any(f" {word} " in said for word in words):
            return code
    return plain(value).replace(" ", "_") or "other"
