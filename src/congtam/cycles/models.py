"""One period of evaluation of one agency, and its steps with their deadlines."""

from django.db import models
from django.db.models import Q

from congtam.history.dated import Fact
from congtam.orgs.models import Unit

# In their order. After the seal nothing moves any more but by a superseding seal.
STEPS = (
    "cut_off",  # chốt số liệu
    "self_report",  # tự đánh giá
    "rating",  # chấm điểm
    "draft_slip",  # phiếu dự thảo
    "review",  # cán bộ cho ý kiến
    "calibration",  # họp xét
    "announcement",  # công bố dự kiến
    "objections",  # đề nghị xem xét lại
    "seal",  # chốt
    "handover",  # chuyển cơ sở dữ liệu quốc gia
)
STATES = ("ahead", "open", "paused", "done")


class Cycle(models.Model):
    """One period (2026-10, 2026-Q4, 2026) of one agency, for everyone graded there, under whichever scorecard is legal
    for them. `number`: the plan or decision it was opened by."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    period = models.CharField(max_length=8)
    number = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "period"], name="cycle_once")]


class Step(Fact):
    """How one step of a cycle stands: due when, in which state since when. A move, a pause, a reopening is another row
    that takes this one's place; why stands apart in `Remark`."""

    cycle = models.ForeignKey(Cycle, on_delete=models.RESTRICT, related_name="steps")
    step = models.CharField(max_length=16, choices=[(one, one) for one in STEPS])
    place = models.SmallIntegerField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=[(one, one) for one in STATES])
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "step"], condition=Q(replaced_by__isnull=True), name="step_stands_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(replaced_by__isnull=True) & Q(state__in=["open", "paused"]),
                name="cycles_step_due",
            )
        ]


class Remark(models.Model):
    """Why, in words: of the step numbered `seq`. Apart, so that it can be erased."""

    seq = models.BigIntegerField(primary_key=True)
    text = models.TextField()
