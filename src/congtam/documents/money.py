"""An amount of đồng in words, as lists of payment state it beside the figures."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, ""))


def in_words(amount: int) -> str:
    """Such as "Một triệu hai trăm linh năm nghìn đồng"."""
    said = _number(abs(amount))
    text = f"{'âm ' if amount < 0 else ''}{said} đồng"
    return text[0].upper() + text[1:]


def _number(amount: int, *, full: bool = False) -> str:
    """A whole number; `full`: also the noughts before it, for higher ones were said."""
    if amount == 0:
        return DIGITS[0]
    said = []
    for scale, name in SCALES:
        high, amount = divmod(amount, scale)
        if high:
            said.append(f"{_number(high, full=full) if high >= 1000 else _group(high, full=full)} {name}".strip())
            full = True
    return " ".join(said)


def _group(group: int, *, full: bool) -> str:
    """Three figures; `full`: also the noughts before them, for higher ones were said."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    said = [f"{DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens > 1:
        said.append(f"{DIGITS[tens]} mươi")
    elif tens == 1:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    if ones:
        said.append(_one(ones, tens))
    return " ".join(said)


def _one(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens:
        return "lăm"
    return DIGITS[ones]
