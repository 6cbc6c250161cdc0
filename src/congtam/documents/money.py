"""An amount of đồng in words, as lists of payment state it beside the figures."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ", "tỷ tỷ")


def in_words(amount: int) -> str:
    """Such as "Một triệu hai trăm linh năm nghìn đồng"."""
    said = _number(abs(amount))
    text = f"{'âm ' if amount < 0 else ''}{said} đồng"
    return text[0].upper() + text[1:]


def _number(amount: int) -> str:
    if amount == 0:
        return DIGITS[0]
    groups = []
    while amount:
        amount, group = divmod(amount, 1000)
        groups.append(group)
    top = len(groups) - 1
    said = [
        f"{_group(group, full=place < top)} {SCALES[place]}".strip()
        for place, group in reversed(list(enumerate(groups)))
        if group
    ]
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
