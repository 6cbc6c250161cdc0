"""Why a slip differs from the one before it: which facts about the person became known between the two."""

from collections.abc import Iterator

from congtam.engine.rulebook.model import Text
from congtam.objections.models import Answer, Slip
from congtam.ratings.models import Decision, Rating, Reported
from congtam.work.models import Event, Share


def causes_of(slip: Slip) -> list[Text]:
    """What became known between a slip and the one it took the place of, the most telling first; none for the first."""
    before = Slip.objects.filter(replaced_by=slip.seq).select_related("run").first()
    return [*_answered(slip, before), *_told(slip, before.run.seq, slip.run.seq)] if before else []


def _answered(slip: Slip, before: Slip) -> Iterator[Text]:
    """The answers given between the two showings."""
    known = {"seq__gt": before.seq, "seq__lte": slip.seq}
    own = Answer.objects.filter(request__person=slip.person_id, request__cycle=slip.cycle_id, **known)
    if own.exclude(corrected="").exists():
        yield Text(vi="Đề nghị xem xét lại của bạn được chấp nhận.", en="Your request to review was upheld.")
    if Answer.objects.filter(touched__person=slip.person_id, **known).exists():
        yield Text(
            vi="Một lỗi ghi sai, tìm ra qua đề nghị của người khác, được sửa cho mọi người bị ảnh hưởng.",
            en="A fault found wrong through another's request was put right for everybody it touched.",
        )


def _told(slip: Slip, since: int, until: int) -> Iterator[Text]:
    """The facts that the later run knew and the earlier one did not."""
    known = {"seq__gt": since, "seq__lte": until}
    about = {"person": slip.person_id, "period": slip.cycle.period, **known}
    if n := Rating.objects.filter(**about).count():
        yield Text(vi=f"{n} điểm chấm được ghi hoặc sửa.", en=f"{n} marks were given or corrected.")
    if n := Reported.objects.filter(**about).count():
        yield Text(vi=f"{n} số liệu báo cáo được ghi hoặc sửa.", en=f"{n} reported figures were given or corrected.")
    if n := Decision.objects.filter(**about).count():
        yield Text(vi=f"{n} quyết định được ghi.", en=f"{n} decisions were recorded.")
    items = Share.objects.filter(official=slip.person_id).values("item")
    if n := Event.objects.filter(item__in=items, **known).values("item").distinct().count():
        yield Text(vi=f"Có bản ghi mới về {n} công việc của bạn.", en=f"There are new records on {n} of your items.")
