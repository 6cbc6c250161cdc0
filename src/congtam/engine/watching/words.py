"""Signs in words. A sign asks somebody to look; it never says that anything is wrong."""

from collections.abc import Mapping

from congtam.engine.explaining.formats import decimal
from congtam.engine.rulebook.model import Text
from congtam.engine.watching.closing import LAST
from congtam.engine.watching.neglect import UNTOUCHED
from congtam.engine.watching.signs import Look, Measure, Pattern, Sign
from congtam.engine.watching.splitting import PARTS

MINUTES_OF_A_DAY = 480  # office minutes of a plain day, for showing long waits
_MILLION = 1_000_000

TITLES: dict[Pattern, Text] = {
    Pattern.OVERLOADED: Text(vi="Phòng có thể quá tải", en="Sections that may be overloaded"),
    Pattern.BOTTLENECK: Text(vi="Điểm có thể nghẽn giữa hai đơn vị", en="Possible bottlenecks between two units"),
    Pattern.KIND_HEAD: Text(vi="Điểm chấm cao hơn dữ liệu cho thấy", en="Marks above what data lead to expect"),
    Pattern.LAST_MINUTE: Text(vi="Kết thúc ngay trước hạn", en="Closed minutes before the limit"),
    Pattern.REOPENS: Text(vi="Báo xong rồi tự mở lại", en="Closed, then reopened by the same person"),
    Pattern.SPLITS: Text(vi="Nhiều việc nhỏ cùng loại đến cùng lúc", en="Many small items of a kind at once"),
    Pattern.NEGLECTS: Text(
        vi="Quá hạn không có động tĩnh, hoặc lùi hạn khi đã quá hạn",
        en="Left untouched after the deadline, or moved after it had passed",
    ),
}
COUNTS: dict[Pattern, Text] = {
    Pattern.OVERLOADED: Text(
        vi="khối lượng quy đổi nhận được cho một ngày công", en="converted amount received for each person-day"
    ),
    Pattern.BOTTLENECK: Text(vi="thời gian chờ tiếp nhận, bình quân", en="mean wait until taken up"),
    Pattern.KIND_HEAD: Text(vi="điểm chấm bình quân", en="mean mark"),
    Pattern.LAST_MINUTE: Text(
        vi=f"việc đúng hạn được kết thúc trong {LAST.seconds // 60} phút cuối",
        en=f"items in time closed in the last {LAST.seconds // 60} minutes",
    ),
    Pattern.REOPENS: Text(vi="việc đã kết thúc rồi tự mở lại", en="closed items reopened by whoever closed them"),
    Pattern.SPLITS: Text(
        vi=f"lần nhận việc là từ {PARTS} việc nhỏ cùng loại, cùng hạn, liền nhau",
        en=f"times that work came as {PARTS} or more small items of one kind and deadline, close together",
    ),
    Pattern.NEGLECTS: Text(
        vi=f"việc đến hạn để {UNTOUCHED} ngày làm việc trở lên không động đến, hoặc lùi hạn sau khi quá hạn",
        en=f"items due left untouched for {UNTOUCHED} working days, or moved after the deadline",
    ),
}
LOOKS: dict[Look, Text] = {
    Look.WORTH_A_LOOK: Text(vi="đáng xem", en="worth a look"),
    Look.USUAL: Text(vi="như thường thấy", en="as is usual"),
    Look.CANNOT_TELL: Text(vi="không đủ dữ liệu", en="cannot tell"),
}
NOTE = Text(
    vi="Dấu hiệu chỉ để người có trách nhiệm xem lại, không phải kết luận về ai. "
    "Trong các dấu hiệu đáng xem của mỗi loại, bình quân không quá {rate} là do ngẫu nhiên, trừ loại có ghi khác.",
    en="A sign asks a responsible person to look and concludes nothing about anyone. "
    "Of the signs worth a look of each kind, at most {rate} on average are by chance, unless a kind says otherwise.",
)
RARE = Text(
    vi="Hầu hết mọi người không có trường hợp nào, nên khó biết mức chênh lệch thông thường: "
    "khi thử trên số liệu không có gì để tìm, tới {rate} số lần xem vẫn có dấu hiệu.",
    en="Nearly everyone has no case at all, so what differences are usual can hardly be told: "
    "tried on data with nothing to find, up to {rate} of looks still showed a sign.",
)


def note(rate: float, lang: str) -> str:
    """What signs are, and are not, with the rate at which they are false."""
    return NOTE.in_(lang).format(rate=_percent(rate, lang))


def rare_note(rate: float, lang: str) -> str:
    """What is said instead of a pattern that too few officials show for the promise to hold."""
    return RARE.in_(lang).format(rate=_percent(rate, lang))


def _percent(rate: float, lang: str) -> str:
    return f"{decimal(round(rate * 100 * _MILLION), 0, lang)} %"


def amount(measure: Measure, figure: int | None, lang: str) -> str:
    """A figure (in millionths) as people read it, or a dash."""
    if figure is None:
        return "–"
    if measure is Measure.SHARE:
        return f"{decimal(figure * 100, 1, lang)} %"
    if measure is Measure.MINUTES:
        return _wait(figure, lang)
    return decimal(figure, 2, lang)


def _wait(figure: int, lang: str) -> str:
    """Office time in working days of eight hours, in hours, or in minutes."""
    for minutes, vi, en in ((MINUTES_OF_A_DAY, "ngày làm việc", "working days"), (60, "giờ", "hours")):
        if figure >= minutes * _MILLION:
            return f"{decimal(figure // minutes, 1, lang)} {en if lang == 'en' else vi}"
    return f"{decimal(figure, 0, lang)} {'minutes' if lang == 'en' else 'phút'}"


def fraction(sign: Sign, lang: str) -> str:
    """The figure and what it stands on, such as 45,5 % (5/11)."""
    shown = amount(sign.measure, sign.figure, lang)
    return f"{shown} ({sign.numerator}/{sign.denominator})" if sign.measure is Measure.SHARE else shown


def counted(sign: Sign) -> str:
    """The n a sign stands on and, where some lack a value, how many: 35 ?2."""
    return f"{sign.n} ?{sign.n_unknown}" if sign.n_unknown else f"{sign.n}"


def who(sign: Sign, names: Mapping[tuple[str, str], str]) -> str:
    """The subjects by name and code."""
    told = [f"{names[sign.kind, code]} ({code})" if (sign.kind, code) in names else code for code in sign.subjects]
    return " → ".join(told)


def sentence(sign: Sign, names: Mapping[tuple[str, str], str], lang: str) -> str:
    """One sign as a sentence: where, the figure with its n, what is usual elsewhere, and how it looks."""
    count, look = COUNTS[sign.pattern].in_(lang), LOOKS[sign.look].in_(lang)
    usual = amount(sign.measure, sign.usual, lang)
    n = counted(sign)
    if lang == "en":
        return f"{who(sign, names)}: {count} {fraction(sign, lang)}, n = {n}; usual elsewhere {usual}: {look}."
    return f"{who(sign, names)}: {count} {fraction(sign, lang)}, n = {n}; nơi khác thường là {usual}: {look}."
