"""Templates (mẫu việc): work that a unit gives again and again, made, changed by a new version, retired."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from congtam.access.gate import Right, over_unit, units_over
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.desk.acting import person_of
from congtam.desk.models import Recurrence, Template
from congtam.history.refused import Refused
from congtam.history.sequence import in_order

MOST_DAYS = 400


@dataclass(frozen=True)
class Pattern:
    """What a template says; as in `Order`. `days`: working days the work may take."""

    title: str
    days: int
    product: str
    authority: str = ""
    instruction: str = ""
    catalogue: str = ""


def make_template(seat: Seat, unit: int, told: Pattern, *, now: datetime | None = None) -> Template:
    """A new template of a unit one heads. Raises `Refused`."""
    with in_order():
        told = _checked(told)
        must_head(seat, unit)
        made = Template.objects.create(
            unit_id=unit, made_by_id=person_of(seat), made_at=now or timezone.now(), **asdict(told)
        )
        note(seat.actor, "desk.make_template", "template", made.pk, {"unit": unit, "name": told.title})
    return made


def change_template(seat: Seat, number: int, told: Pattern, *, now: datetime | None = None) -> Template:
    """Another version takes the template's place, also in what recurs; what was given stays as it was given. Raises
    `Refused`, also when nothing differs."""
    with in_order():
        seen, told, old = now or timezone.now(), _checked(told), _in_use(seat, number)
        if told == pattern_of(old):
            raise Refused(
                "Nội dung không khác gì mẫu đang dùng nên chưa ghi gì. Hãy sửa ít nhất một mục.",
                "Nothing differs from the template in use, so nothing was written. Change something first.",
            )
        Template.objects.filter(pk=old.pk).update(retired_at=seen)
        made = Template.objects.create(
            unit_id=old.unit_id, made_by_id=person_of(seat), made_at=seen, replaces=old, **asdict(told)
        )
        Recurrence.objects.filter(template=old, ended_at=None).update(template=made)
        note(seat.actor, "desk.change_template", "template", made.pk, {"replaces": old.pk, "name": told.title})
    return made


def retire_template(seat: Seat, number: int, *, now: datetime | None = None) -> None:
    """Nothing is given from it any more, nor by itself. Raises `Refused`."""
    with in_order():
        seen, old = now or timezone.now(), _in_use(seat, number)
        Template.objects.filter(pk=old.pk).update(retired_at=seen)
        stopped = Recurrence.objects.filter(template=old, ended_at=None)
        count = stopped.update(ended_at=seen, stopped_because="template_retired")
        note(seat.actor, "desk.retire_template", "template", old.pk, {"name": old.title, "count": count})


def pattern_of(template: Template) -> Pattern:
    """What a template says."""
    return Pattern(**{name: getattr(template, name) for name in Pattern.__dataclass_fields__})


def templates_of(seat: Seat) -> QuerySet[Template]:
    """The templates in use of the units a seat may give work in."""
    found = Template.objects.filter(unit__in=units_over(seat, Right.GIVE_WORK), retired_at=None)
    return found.select_related("made_by__text").order_by("title", "pk")


def versions_of(template: Template) -> list[Template]:
    """The template and what it replaced, the newest first."""
    found = [template]
    while (before := found[-1].replaces) is not None:
        found.append(before)
    return found


def must_head(seat: Seat, unit: int) -> None:
    """Raises `Refused` for a unit the seat does not head."""
    if not over_unit(seat, Right.GIVE_WORK, unit):
        raise Refused(
            "Bạn không phụ trách đơn vị này nên không lập hay sửa mẫu việc của đơn vị. Hãy đề nghị người phụ trách.",
            "You do not head this unit, so its templates are not yours to write. Ask its head.",
        )


def in_use(number: int) -> Template:
    """A template that is in use. Raises `Refused` for one that is not."""
    template = Template.objects.select_for_update().get(pk=number)
    if template.retired_at is None:
        return template
    raise Refused(
        "Mẫu việc này đã được sửa thành bản khác hoặc thôi dùng. Hãy mở lại danh sách mẫu việc.",
        "This template was changed or retired. Open the list of templates again.",
    )


def _in_use(seat: Seat, number: int) -> Template:
    template = in_use(number)
    must_head(seat, template.unit_id)
    return template


def _checked(told: Pattern) -> Pattern:
    """The same, tidied up. Raises `Refused` for a template nobody could follow."""
    told = replace(
        told,
        title=told.title.strip(),
        product=told.product.strip(),
        authority=told.authority.strip(),
        instruction=told.instruction.strip(),
    )
    if not told.title or not told.product:
        raise Refused(
            "Mẫu việc cần có tên việc và sản phẩm. Hãy điền cả hai.",
            "A template names the work and what is handed over. Fill in both.",
        )
    if not 0 <= told.days <= MOST_DAYS:
        raise Refused(
            f"Số ngày làm việc từ 0 đến {MOST_DAYS}. Hãy sửa lại số ngày.",
            f"It may take from 0 to {MOST_DAYS} working days. Mend the number.",
        )
    return told
