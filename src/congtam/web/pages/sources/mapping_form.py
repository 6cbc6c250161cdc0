"""A proposed mapping as a form: for each thing Công Tâm needs, the column of the file it stands in. What no select can
say (steps of a case, computed deadlines) stays as it was proposed, and may be edited as text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django import forms

from congtam.engine.explaining.words import KINDS
from congtam.files.instants import Pattern
from congtam.files.sampling import read_sample
from congtam.web.fields import LineField, WordField
from congtam.web.words import both

KEEP = "="  # the choice that leaves what was proposed
FIELDS: tuple[tuple[str, Any, bool], ...] = (  # name, what it is called, whether it must be there
    ("key", both("Mã hồ sơ, mã việc", "Key of the item"), True),
    ("received", both("Ngày nhận, ngày giao", "Received"), True),
    ("due", both("Hạn", "Due"), False),
    ("finished", both("Ngày xong", "Finished"), False),
    ("who", both("Người làm (họ tên hoặc mã)", "Who (names or codes)"), False),
    ("unit", both("Đơn vị", "Unit"), False),
    ("procedure", both("Thủ tục, loại việc", "Procedure"), False),
    ("catalogue", both("Mã danh mục sản phẩm", "Catalogue code"), False),
    ("coefficient", both("Hệ số K", "Coefficient"), False),
)
ATTRIBUTES = ("unit", "procedure", "catalogue", "coefficient")


class MappingForm(forms.Form):
    """Which column is what."""

    kind = WordField(
        label=both("Loại công việc trong tệp", "Kind of work in the file"),
        choices=[(code, both(one.vi, one.en)) for code, one in KINDS.items()],
    )
    formats = LineField(
        label=both("Cách viết ngày", "How days are written"),
        help_text=both(
            "DD là ngày, MM là tháng, YYYY là năm, hh:mm là giờ; nhiều cách thì ngăn bằng dấu ;",
            "DD day, MM month, YYYY year, hh:mm time; several are separated by ;",
        ),
        max_length=200,
    )
    until = LineField(
        label=both("Hạn chỉ ghi ngày thì tính đến", "A due day without a time lasts until"),
        max_length=8,
        widget=forms.TextInput(attrs={"placeholder": "17:00"}),
    )

    def __init__(self, *args: Any, text: str, columns: list[str], **kwargs: Any):
        super().__init__(*args, initial=_initial(text), **kwargs)
        for name, label, needed in FIELDS:
            now = _now(_data(text), name)
            listed: list[tuple[str, Any]] = [(one, one) for one in columns]
            if now is not None and not (isinstance(now, str) and now in columns):
                listed.insert(0, (KEEP, both(f"như đề xuất: {_brief(now)}", f"as proposed: {_brief(now)}")))
            if not needed or now is None:
                listed.insert(0, ("", both("(không có)", "(none)")))
            self.fields[name] = WordField(label=label, required=needed, choices=listed)
        self.order_fields(["kind", *(name for name, _, _ in FIELDS), "formats", "until"])

    def clean_formats(self) -> list[str]:
        """The patterns; each must be one."""
        told = [one.strip() for one in self.cleaned_data["formats"].split(";") if one.strip()]
        for one in told:
            try:
                Pattern.of(one)
            except ValueError as error:
                wrong = both(f"“{one}” không phải cách viết ngày.", f"“{one}” is no way to write a day: {error}.")
                raise forms.ValidationError(wrong) from None
        return told


def changed(text: str, told: Mapping[str, Any]) -> str:
    """The mapping with what the form says."""
    data = _data(text)
    attributes = dict(data.get("attributes") or {})
    for name, _, _ in FIELDS:
        given = told[name]
        if given == KEEP:
            continue
        if name == "who":
            _who(data, given)
        elif name in ATTRIBUTES:
            attributes.pop(name, None)
            attributes |= {name: given} if given else {}
        elif given:
            data[name] = given
        else:
            data.pop(name, None)
    attributes["kind"] = {"always": told["kind"]}
    data["attributes"] = attributes
    data["time"] = {**(data.get("time") or {}), "formats": told["formats"], "due_day_until": told["until"]}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def columns_of(path: Path) -> list[str]:
    """The columns of a file. Raises `Unusable` when it is no list and no log."""
    sample = read_sample(path, 200)
    names = [*sample.case.values, *sample.event.values]
    return list(dict.fromkeys([*sample.own.values, *names]))


def _who(data: dict[str, Any], given: str) -> None:
    official, people = data.pop("official", None), data.pop("people", None)
    if not given:
        return
    if official is not None and people is None:
        data["official"] = given
    else:
        data["people"] = {**(people if isinstance(people, dict) else {}), "from": given}


def _now(data: Mapping[str, Any], name: str) -> Any:
    """What the mapping says of a field: a column, something larger, or nothing."""
    if name == "who":
        people = data.get("people")
        return data.get("official") or (people.get("from") if isinstance(people, dict) else None)
    if name in ATTRIBUTES:
        return (data.get("attributes") or {}).get(name)
    return data.get(name)


def _initial(text: str) -> dict[str, Any]:
    data = _data(text)
    times = data.get("time") or {}
    kind = (data.get("attributes") or {}).get("kind")
    found: dict[str, Any] = {
        "kind": kind.get("always", "dossier") if isinstance(kind, dict) else "dossier",
        "formats": "; ".join(str(one) for one in times.get("formats") or ["iso"]),
        "until": str(times.get("due_day_until") or "17:00"),
    }
    for name, _, _ in FIELDS:
        now = _now(data, name)
        found[name] = now if isinstance(now, str) else KEEP if now is not None else ""
    return found


def _data(text: str) -> dict[str, Any]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return data if isinstance(data, dict) else {}


def _brief(value: Any) -> str:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=1000).strip().removesuffix("...")
    return text.strip()[:60]
