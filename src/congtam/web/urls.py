"""Every address of the site. Each view states the right it asks for (`congtam.web.asking`)."""

from django.urls import URLPattern, URLResolver, include, path

from congtam.web.api.v1 import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("congtam.web.pages.shell.urls")),
    path("", include("congtam.web.pages.machine.urls")),
    path("", include("congtam.web.pages.today.urls")),
    path("", include("congtam.web.pages.task.urls")),
    path("", include("congtam.web.pages.board.urls")),
    path("", include("congtam.web.pages.evidence.urls")),
    path("", include("congtam.web.pages.registers.urls")),
    path("", include("congtam.web.pages.month.urls")),
    path("", include("congtam.web.pages.worklist.urls")),
    path("", include("congtam.web.pages.dossier.urls")),
    path("", include("congtam.web.pages.unit.urls")),
    path("", include("congtam.web.pages.agency.urls")),
    path("", include("congtam.web.pages.rules.urls")),
    path("", include("congtam.web.pages.accounts.urls")),
    path("", include("congtam.web.pages.notices.urls")),
    path("chot-thang/", include("congtam.web.pages.closing.urls")),
    path("ket-qua/", include("congtam.web.pages.results.urls")),
    path("cham-diem/", include("congtam.web.pages.marking.urls")),
    path("", include("congtam.web.pages.objections.urls")),
    path("hop/", include("congtam.web.pages.meetings.urls")),
    path("hop-xet/", include("congtam.web.pages.calibration.urls")),
    path("chuyen-ket-qua/", include("congtam.web.pages.results_moved.urls")),
    path("tu-danh-gia/", include("congtam.web.pages.self_report.urls")),
    path("mau-viec/", include("congtam.web.pages.templates_of_work.urls")),
    path("to-chuc/", include("congtam.web.pages.organisation.urls")),
    path("mien-tru/", include("congtam.web.pages.exemptions.urls")),
    path("quy-thuong/", include("congtam.web.pages.reward.urls")),
    path("ban-giao/", include("congtam.web.pages.handover.urls")),
    path("kiem-chung/", include("congtam.web.pages.verification.urls")),
    path("luu-giu/", include("congtam.web.pages.retention.urls")),
    path("nguon/", include("congtam.web.pages.sources.urls")),
    path("nhat-ky/", include("congtam.web.pages.journal.urls")),
    path("he-thong/", include("congtam.web.pages.system.urls")),
    path("api/v1/", api.urls),
]

handler500 = "congtam.web.pages.machine.failing.failed"
