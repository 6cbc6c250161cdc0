"""`propose`: a first mapping for a file nobody has mapped yet, for a person to read and correct.

Comments are Vietnamese: they tell the reviewer what was guessed, and why.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from congtam.engine.findings import unusable
from congtam.files import guessing
from congtam.files.guessing import Columns, channel_code
from congtam.files.people_cells import read_mentions
from congtam.files.sampling import Sample, quoted, read_sample
from congtam.files.sniffing import ENOUGH, is_number

WIDEST = 100  # columns of a line
PIECE = re.compile(r'"(?:\\.|[^"\\])*"|[^"]+')
NAME = re.compile(r"[^\W\d_]+\.?( [^\W\d_]+){1,5}")
MARK = re.compile(r"\\u[0-9a-f]{4}|\\.|[^\\]")
COMMENTED = re.compile(r'((?:"(?:\\.|[^"\\])*"|[^"])*?)  # (.*)')


def propose(files: Sequence[Path], sample: int = 10_000) -> str:
    """The text of a mapping guessed from the first `sample` rows (or traces) of the first file.

    Raises `Unusable` when there is no file, or it is no list and no log that can be read.
    """
    if not files:
        raise unusable("no-files", "there is no file to look at", "name at least one CSV, XES, XLSX or Parquet file")
    found = read_sample(files[0], sample)
    if len(files) > 1:
        found.notes.append(f"Chỉ xem tệp đầu trong {len(files)} tệp; các tệp khác phải cùng cấu trúc.")
    return "\n".join(line for long in _Writer(found).lines() for line in _within(long)) + "\n"


class _Writer:
    """Writes the mapping of one sample, line by line."""

    def __init__(self, sample: Sample):
        self.sample, self.own, self.dates = sample, sample.own, sample.dates

    def lines(self) -> Iterator[str]:
        unit_of = "hồ sơ" if self.sample.source.format == "xes" else "dòng"
        yield f"# BẢN ĐỀ XUẤT, máy đoán từ {self.sample.rows} {unit_of} đầu của {quoted(self.sample.file)}."
        yield "# Người phụ trách dữ liệu đọc lại từng dòng, sửa chỗ sai rồi mới dùng."
        yield from (f"# {note}" for note in self.sample.notes)
        yield f"title: {quoted(self.sample.file)}"
        yield from self._source()
        yield from self._key()
        yield ""
        yield from self._time()
        yield from self._instants()
        yield from self._numbers()
        yield ""
        yield from self._attributes()
        yield from self._steps()
        yield ""
        yield "sanity: {finished_before_received: set_aside}  # xong trước khi nhận: để riêng; keep là vẫn tính"
        yield from self._rest()

    def _source(self) -> Iterator[str]:
        source = self.sample.source
        if source.format == "xes":
            yield "source: {format: xes}"
            return
        if source.format in ("xlsx", "parquet"):
            sheet = f", sheet: {quoted(source.sheet)}" if source.sheet else ""
            yield f"source: {{format: {source.format}{sheet}}}" + (
                f"  # {self.sample.where}" if self.sample.where else ""
            )
            return
        delimiter = "tab" if source.delimiter == "\t" else source.delimiter
        how = f"{{format: csv, delimiter: {quoted(delimiter)}, encoding: {source.encoding}}}"
        doubt = "" if source.encoding.startswith("utf") else "; không phải UTF-8, xem kỹ chữ có dấu"
        yield f"source: {how}  # dấu ngăn và bảng mã đoán từ các dòng đầu{doubt}"

    def _key(self) -> Iterator[str]:
        by_case = self.sample.by_case
        why = "mỗi hồ sơ là một công việc" if by_case else "mỗi dòng là một công việc"
        yield f"item: {'case' if by_case else 'event'}  # {why}"
        if self.sample.key:
            yield f"key: {quoted(self.sample.key)}  # {self.sample.key_note}"
        else:
            special = '"#number"' if self.sample.source.is_table else '["#file", "#number"]'
            yield f"key: {special}  # CHƯA THẤY cột mã: tạm dùng số thứ tự; nên thay bằng mã hồ sơ"

    def _time(self) -> Iterator[str]:
        zone = "dùng khi ngày giờ không ghi múi giờ"
        if self.dates.offsets:
            zone += "; tệp này có ghi múi giờ"
        formats = ", ".join(quoted(text) for text in self.dates.formats or ["iso"])
        yield "time:"
        yield f"  zone: Asia/Ho_Chi_Minh  # {zone}"
        yield f"  formats: [{formats}]  # {self._why_formats()}"
        yield '  due_day_until: "23:59:59"  # hạn chỉ ghi ngày thì tính đến hết giờ này; giờ hành chính: "17:00"'

    def _why_formats(self) -> str:
        dates = self.dates
        if dates.ambiguous:
            return "KHÔNG RÕ ngày hay tháng đứng trước (mọi số đều ≤ 12): chọn DD/MM, cần hỏi nơi cấp dữ liệu"
        if dates.day_first and dates.month_first:
            return f"LẪN LỘN: {quoted(dates.day_first)} là ngày/tháng, {quoted(dates.month_first)} là tháng/ngày"
        if dates.month_first:
            return f"tháng đứng trước, vì có {quoted(dates.month_first)}"
        if dates.day_first:
            return f"ngày đứng trước, vì có {quoted(dates.day_first)}"
        return "đoán từ mẫu" if dates.formats else "CHƯA THẤY ngày tháng nào trong mẫu"

    def _is_date(self, name: str) -> bool:
        return name in self.dates.columns

    def _numbers(self) -> Iterator[str]:
        mark, example = self.sample.decimal
        if mark == ",":
            yield f'numbers: {{decimal: ","}}  # dấu thập phân là dấu phẩy, vì có {quoted(example)}'

    def _is_step_time(self, name: str) -> bool:
        """Whether it says when something was done, and not when the case came in or ended."""
        return self._is_date(name) and not guessing.says(name, (*guessing.RECEIVED, *guessing.DUE, *guessing.FINISHED))

    def _instants(self) -> Iterator[str]:
        happened = self.sample.event.look(guessing.HAPPENED, self._is_step_time) if self.sample.by_case else None
        due = self.own.find(guessing.DUE, self._is_date)  # first, as `end date planned` is no end
        yield self._from_events("received", guessing.RECEIVED, "earliest", happened)
        if due:
            yield f"due: {quoted(due)}  # {_why(self.own, due)}"
        else:
            yield "due: ~  # CHƯA THẤY cột hạn: điền tên cột, hoặc {clock: {unit: working_days, budget: 15}}"
        yield self._from_events("finished", guessing.FINISHED, "latest", happened)

    def _from_events(self, key: str, words: Sequence[str], take: str, happened: str | None) -> str:
        """The line of an instant: from a column that sounds right, else from the events of the case."""
        if name := self.own.find(words, self._is_date):
            return f"{key}: {quoted(name)}  # {_why(self.own, name)}"
        if self.sample.by_case and (name := self.sample.event.find(words, self._is_date)):
            where = quoted("event." + name)
            return f"{key}: {{{take}: {where}}}  # đoán theo tên; khác nhau giữa các dòng của một hồ sơ"
        if happened:
            told = "sớm nhất" if take == "earliest" else "cuối cùng"
            return f"{key}: {{{take}: {quoted('event.' + happened)}}}  # không thấy cột: tạm lấy sự kiện {told}"
        so = "bắt buộc phải điền" if key == "received" else "mọi việc coi như chưa xong"
        return f"{key}: ~  # CHƯA THẤY cột nào; {so}"

    def _attributes(self) -> Iterator[str]:
        official = self.own.find(guessing.OFFICIAL, lambda name: not self._is_date(name))
        if official and _are_names(self.own.filled(official)):
            yield f"people: {{from: {quoted(official)}}}  # họ tên được tra ra mã: prepare … --people can-bo.csv"
        elif official:
            yield f"official: {quoted(official)}  # người chịu trách nhiệm chính; phải là mã, không phải họ tên"
        found = {
            "unit": self.own.find(guessing.UNIT, lambda name: not self._is_date(name)),
            "procedure": self.own.find(guessing.PROCEDURE, lambda name: not self._is_date(name)),
            "coefficient": self.own.find(guessing.COEFFICIENT, self._is_numeric),
        }
        yield "attributes:"
        yield "  kind: {always: dossier}  # task, document, dossier, exchange, report, operation, initiative"
        yield from (f"  {key}: {quoted(name)}  # {_why(self.own, name)}" for key, name in found.items() if name)
        yield from self._channel()

    def _channel(self) -> Iterator[str]:
        name = self.own.find(guessing.CHANNEL, self._has_few_values)
        if name is None:
            return
        yield f"  channel:  # {_why(self.own, name)}; mã bên phải là đoán"
        yield f"    from: {quoted(name)}"
        yield "    codes:"
        for value in self.own.distinct(name):
            yield f"      {quoted(value)}: {quoted(channel_code(value))}"
        yield "    otherwise: set_aside  # giá trị lạ: để riêng dòng đó; keep là giữ nguyên chữ"

    def _is_numeric(self, name: str) -> bool:
        values = self.own.filled(name)
        return sum(is_number(text) for text in values) >= ENOUGH * len(values)

    def _has_few_values(self, name: str) -> bool:
        values = self.own.distinct(name)
        return (
            len(values) <= guessing.MOST_CODES and max(len(quoted(value)) for value in values) <= guessing.LONGEST_CODE
        )

    def _steps(self) -> Iterator[str]:
        event = self.sample.event
        if not self.sample.by_case:
            return
        at, what = event.find(guessing.HAPPENED, self._is_step_time), event.find(guessing.ACTIVITY)
        if not (at and what):
            return
        yield "steps:  # các bước trong hồ sơ"
        yield f"  at: {quoted('event.' + at)}"
        yield f"  what: {quoted('event.' + what)}"
        if who := event.find(guessing.OFFICIAL):
            yield f"  official: {quoted('event.' + who)}"

    def _rest(self) -> Iterator[str]:
        used = {*self.sample.case.used, *self.sample.event.used}
        names = dict.fromkeys([*self.sample.case.values, *self.sample.event.values])
        rest = [quoted(name) for name in names if name not in used]
        if rest:
            yield f"# Chưa dùng: {', '.join(rest)}"


def _are_names(values: list[str]) -> bool:
    """Whether they look like Vietnamese names of people, and not like codes."""
    names = [mention.name for text in values for mention in read_mentions(text)]
    return sum(1 for name in names if NAME.fullmatch(name) and not name.isascii()) >= ENOUGH * len(names) > 0


def _within(line: str) -> Iterator[str]:
    """The line cut to `WIDEST` columns: its comment goes above it, and what is long over several lines."""
    if len(line) <= WIDEST:
        yield line
        return
    match = None if line.startswith("# ") else COMMENTED.fullmatch(line)
    code, comment = ("", line[2:]) if line.startswith("# ") else match.groups() if match else (line, "")
    room = code[: len(code) - len(code.lstrip())]
    start = f"{room}# "
    yield from wrap(comment, WIDEST, initial_indent=start, subsequent_indent=start, break_on_hyphens=False)
    if code:
        yield from [code] if len(code) <= WIDEST else _folded(code, f"{room}    ")


def _folded(code: str, room: str) -> Iterator[str]:
    """The code over several lines as YAML allows: after a comma, or within quotes by a backslash at the end."""
    line = ""
    for piece in PIECE.findall(code):
        if not piece.startswith('"'):
            line += piece
            if piece == ", " and len(line) > WIDEST // 2:
                yield line.rstrip()
                line = room
            continue
        line += '"'
        for mark in MARK.findall(piece[1:-1]):
            if len(line) + len(mark) > WIDEST - 3:  # room for what must follow: a backslash, or the end of the value
                yield line + "\\"
                line = room + ("\\ " if mark == " " else mark)
            else:
                line += mark
        line += '"'
    yield line


def _why(columns: Columns, name: str) -> str:
    values = columns.values[name]
    return f"đoán theo tên; {len(columns.filled(name))} trên {len(values)} có giá trị"
