"""What an incident would do to the steps of a period of evaluation, in words."""

from collections.abc import Iterable

from congtam.cycles.incidents import MovedStep
from congtam.cycles.queries import period_of
from congtam.cycles.words import STEP_TITLES
from congtam.engine.explaining import formats
from congtam.engine.rulebook.model import Text


def steps_told(moved: Iterable[MovedStep], lang: str) -> list[Text]:
    """One line for each step whose deadline would move."""
    return [_told(one, lang) for one in moved]


def _told(one: MovedStep, lang: str) -> Text:
    title, period = STEP_TITLES[one.step], period_of(one.cycle)
    before, after = formats.moment(one.before, lang), formats.moment(one.after, lang)
    return Text(
        vi=f"Kỳ {period.title('vi')}, bước “{title.vi}”: hạn {before} → {after}",
        en=f"{period.title('en')}, “{title.en}”: due {before} → {after}",
    )
