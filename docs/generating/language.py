"""The page of the rule language: tables, columns, functions and periods, from the code that gives them meaning."""

import re
from collections.abc import Iterator
from enum import StrEnum
from inspect import getdoc
from typing import get_args

from congtam.engine.explaining.manual import words
from congtam.engine.explaining.words import STATES
from congtam.engine.expressions import nodes
from congtam.engine.facts.tables import ACTIVITIES, ACTIVITY_ATTRIBUTES, FAULT_KINDS, TABLES
from congtam.engine.rulebook.bind import RELATED
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.rulebook.model import KINDS, InPeriod
from congtam.engine.states import State
from generating.markdown import code, page, table

# How each node is written. A node that has no line here stops the printing.
WRITTEN = {
    "Literal": '12, 0.25, "text", 2026-07-01',
    "Column": "finished_at, item.due_at; in a formula: quality",
    "Parameter": "quality_cut",
    "Faults": 'faults("quality")',
    "Negate": "-a",
    "Not": "not a",
    "Arithmetic": "a + b, a - b, a * b; in a formula: a / b",
    "Extreme": "min(a, b), max(a, b)",
    "Mean": "mean(a, b, c)",
    "Compare": "a > b, a >= b, a < b, a <= b, a == b, a != b",
    "OneOf": 'kind in ("task", "document")',
    "Both": "a and b, a or b",
    "First": "first(a, b), finished_at or as_of",
    "Conditional": "a if condition else b",
    "Known": "known(finished_at)",
    "Minutes": "minutes(received_at, finished_at)",
    "Several": "all(subordinates.grade >= complete), any(…)",
}
VIETNAMESE = {
    "Literal": "Số, chữ, ngày, mức xếp loại hoặc có/không viết trong quy tắc.",
    "Column": "Một cột của dòng dữ liệu; trong công thức là một chỉ số của người được chấm.",
    "Parameter": "Một tham số có ngày hiệu lực của bộ quy tắc, gọi bằng tên.",
    "Faults": "Số lỗi chưa được miễn trừ của một loại, bị tính cho dòng này trong kỳ.",
    "Negate": "Dấu trừ.",
    "Not": "Có thành không, không thành có; thiếu vẫn là thiếu.",
    "Arithmetic": "Cộng, trừ, nhân; riêng trong công thức có chia.",
    "Extreme": "Số nhỏ nhất hoặc lớn nhất; thiếu một số thì kết quả là thiếu.",
    "Mean": "Trung bình của những giá trị có phát sinh (chỉ trong công thức); thiếu thì kết quả là thiếu.",
    "Compare": "So sánh; thời điểm so với ngày thì so theo ngày ở Việt Nam.",
    "OneOf": "Có phải một trong các giá trị liệt kê không.",
    "Both": "Mọi điều kiện (and) hoặc ít nhất một điều kiện (or).",
    "First": "Giá trị đầu tiên không thiếu.",
    "Conditional": "Chọn theo điều kiện; điều kiện thiếu thì kết quả là thiếu.",
    "Known": "Giá trị có hay không.",
    "Minutes": "Số phút trọn từ thời điểm này đến thời điểm kia; không bao giờ âm.",
    "Several": "Mọi, hoặc ít nhất một, mức xếp loại của những người liên quan thỏa điều kiện (chỉ trong công thức).",
}


def language_page() -> str:
    """What an author may write, and what it means."""
    return page(
        "Ngôn ngữ của quy tắc · The language of rules",
        "Mọi biểu thức trong bộ quy tắc chỉ gồm những gì ghi ở đây; còn lại bị từ chối bằng tên. "
        "Every expression of a rulebook is made of what stands here; all else is refused by name.",
        "## Một chỉ số đo bằng · A measure is one of",
        ", ".join(map(code, KINDS)),
        "## Việc nào thuộc kỳ · Which rows belong to the period (`in_period`)",
        table(["", "Tiếng Việt", "English"], _periods()),
        "## Biểu thức · Expressions",
        table(["", "Viết là · Written", "Tiếng Việt", "English"], _nodes()),
        "## Giá trị · Value states",
        table(["", "Tiếng Việt", "English"], _states()),
        *_columns(),
        "## Ngoài chỉ số và tham số, công thức và điều kiện đọc được · What formulas and conditions read besides",
        table(["", "Kiểu · Type", "Tiếng Việt", "English"], _related()),
        "## Loại lỗi · Kinds of fault",
        table(["", "Tiếng Việt", "English"], _fault_kinds()),
        "## Dữ liệu đầu vào · The tables handed in",
        "Mỗi bảng là một tệp CSV cùng tên. Each table is a CSV file of that name.",
        *_contract(),
        "### Sự kiện · What an event may be (`activity`)",
        table(["", "English", "attributes"], _activities()),
    )  # fmt: skip


def docs_of_members(kind: type[StrEnum]) -> dict[str, str]:
    """What the docstring of an enumeration says of each member, as `NAME: text`."""
    text = " ".join((getdoc(kind) or "").split())
    pieces = re.split(r"\b([A-Z_]{3,}): ", text)[1:]
    told = dict(zip(pieces[::2], pieces[1::2], strict=True))
    return {one.value: told[one.name].strip() for one in kind}


def _states() -> Iterator[list[str]]:
    docs = docs_of_members(State)
    for state in State:
        yield [code(state), STATES[state].vi, docs[state]]


def _fault_kinds() -> Iterator[list[str]]:
    for kind in FAULT_KINDS:
        yield [code(kind), words.FAULT_COUNT[kind].vi, words.FAULT_COUNT[kind].en]


def _periods() -> Iterator[list[str]]:
    docs = docs_of_members(InPeriod)
    for one in InPeriod:
        yield [code(one.value), words.IN_PERIOD[one.value].vi, docs[one.value]]


def _nodes() -> Iterator[list[str]]:
    for node in get_args(nodes.Node):
        name = node.__name__
        yield [name, code(WRITTEN[name]), VIETNAMESE[name], getdoc(node) or ""]


def _columns() -> Iterator[str]:
    for name, columns in COLUMNS.items():
        title = words.TABLE[name]
        yield f"## Cột của `{name}` ({title.vi}) · Columns of `{name}`"
        yield table(
            ["", "Kiểu · Type", "Tiếng Việt", "English"],
            (
                [code(column), _type(kind), words.COLUMN[column].vi, words.COLUMN[column].en]
                for column, kind in columns.items()
            ),
        )


def _type(kind: nodes.Type) -> str:
    sort = words.SORT[kind.sort.value]
    scale = f", {kind.scale} số lẻ · decimals" if kind.sort is nodes.Sort.NUMBER and kind.scale else ""
    codes = f": {', '.join(map(code, kind.codes))}" if kind.codes else ""
    return f"{sort.vi} · {sort.en}{scale}{codes}" if sort.vi != sort.en else f"{sort.vi}{scale}{codes}"


def _related() -> Iterator[list[str]]:
    for name, kind in RELATED.items():
        yield [code(name), _type(kind), words.RELATED[name].vi, words.RELATED[name].en]


def _contract() -> Iterator[str]:
    for name, one in TABLES.items():
        yield f"### `{name}` ({words.TABLE[name].vi}) · {one.grain}"
        yield table(
            ["Cột · Column", "Kiểu · Kind", "Bắt buộc · Required", "English"],
            (
                [
                    code(column.name),
                    column.kind.value,
                    "✓" if column.required else "",
                    column.meaning
                    + (f": {', '.join(map(code, column.codes))}" if _listed(column.name) and column.codes else ""),
                ]
                for column in one.columns
            ),
        )


def _listed(column: str) -> bool:
    """Activities have a table of their own."""
    return column != "activity"


def _activities() -> Iterator[list[str]]:
    for name, meaning in ACTIVITIES.items():
        yield [code(name), meaning, ", ".join(map(code, ACTIVITY_ATTRIBUTES.get(name, {})))]
