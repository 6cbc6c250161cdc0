"""Values somebody writes for the numbers of a rulebook: checked, and as rulebooks write them."""

from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.registry.figures import Figure, plain

MOST = 1_000_000


def checked(figure: Figure, text: str) -> str:
    """A value given for a figure, in the one way it is kept. Raises `Refused` when it cannot be one, and says what can.

    Steps are written `0: 5; 1: 7`, the two values of a pair `1; 0.5`; numbers take a decimal comma or point.
    """
    name, given = _name(figure), text.strip()
    match figure.kind:
        case "choice":
            return _choice(name, figure.choices, given)
        case "steps":
            return _steps(name, given)
        case "pair":
            values = [_number(name, one) for one in given.split(";")]
            if len(values) != 2 or max(values) > 1:
                raise Refused(f"“{name.vi}”: viết hai tỷ lệ từ 0 đến 1, như 1; 0,5.",
                              f"“{name.en}”: write two rates from 0 to 1, like 1; 0.5.")  # fmt: skip
            return "; ".join(map(plain, values))
    value = _number(name, given)
    if figure.kind == "share" and value > 1:
        raise Refused(f"“{name.vi}” là tỷ lệ, không thể lớn hơn 1; muốn 20 % thì viết 0,2.",
                      f"“{name.en}” is a share and cannot be more than 1; write 0.2 for 20 %.")  # fmt: skip
    if figure.kind == "count" and value != value.to_integral_value():
        raise Refused(f"“{name.vi}” là số đếm; viết một số nguyên.",
                      f"“{name.en}” is a count; write a whole number.")  # fmt: skip
    return plain(value)


def as_yaml(figure: Figure, value: str) -> Any:
    """A checked value as it stands in a rulebook's file."""
    if figure.kind == "pair":
        return value.split("; ")
    if figure.kind == "steps":
        return [dict(zip(("from", "points"), one.split(": "), strict=True)) for one in value.split("; ")]
    return value


def _name(figure: Figure) -> Text:
    own = figure.titles[-1:] if figure.path.startswith("parameters/") else figure.titles
    return Text(vi=" – ".join(one.vi for one in own), en=" – ".join(one.en for one in own))


def _choice(name: Text, choices: tuple[str, ...], given: str) -> str:
    if given not in choices:
        known = ", ".join(choices)
        raise Refused(f"“{name.vi}” không nhận “{given}”; chọn một trong: {known}.",
                      f"“{name.en}” cannot be “{given}”; choose one of: {known}.")  # fmt: skip
    return given


def _steps(name: Text, given: str) -> str:
    """Steps that go up."""
    told = [one.split(":") for one in given.split(";")]
    if any(len(one) != 2 for one in told):
        raise Refused(f"“{name.vi}”: viết từng bậc như 0: 5; 1: 7 (từ giá trị: số điểm).",
                      f"“{name.en}”: write each step like 0: 5; 1: 7 (from a value: points).")  # fmt: skip
    steps = [(_number(name, begun), _number(name, points)) for begun, points in told]
    if any(one[0] >= other[0] for one, other in pairwise(steps)):
        raise Refused(f"“{name.vi}”: các bậc phải đi từ thấp lên cao.",
                      f"“{name.en}”: steps go from low to high.")  # fmt: skip
    return "; ".join(f"{plain(begun)}: {plain(points)}" for begun, points in steps)


def _number(name: Text, text: str) -> Decimal:
    """A number from 0 up, with a decimal comma or point."""
    given = text.strip()
    try:
        value = Decimal(given.replace(",", "."))
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        raise Refused(f"“{name.vi}”: “{given}” không phải là số; viết như 12 hoặc 0,25.",
                      f"“{name.en}”: “{given}” is not a number; write it like 12 or 0.25.")  # fmt: skip
    if value < 0:
        raise Refused(f"“{name.vi}” không thể nhỏ hơn 0; viết một số từ 0 trở lên.",
                      f"“{name.en}” cannot be less than 0; write a figure from 0 up.")  # fmt: skip
    if value >= MOST or value != round(value, 6):
        raise Refused(f"“{name.vi}”: viết số nhỏ hơn 1.000.000, nhiều nhất sáu chữ số thập phân.",
                      f"“{name.en}”: write a number below 1,000,000 with at most six decimals.")  # fmt: skip
    return value
