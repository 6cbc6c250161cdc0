"""Addresses of periods as the personnel office and the leader conduct them."""

from django.urls import path

from congtam.web.pages.closing import deeds, kind_views, paper_views, sealing_views, views

urlpatterns = [
    path("", views.cycles, name="closing"),
    path("mo-ky/", deeds.open_period, name="closing_open"),
    path("loai-co-quan/", kind_views.kind, name="closing_kind"),
    path("<int:number>/", views.cycle, name="closing_cycle"),
    path("<int:number>/phan-bo.svg", views.chart, name="closing_chart"),
    path("<int:number>/ket-qua.xlsx", views.as_xlsx, name="closing_xlsx"),
    path("<int:number>/nhac/", deeds.remind_one, name="closing_remind"),
    path("<int:number>/gui-phieu/", deeds.slips, name="closing_slips"),
    path("<int:number>/xong-buoc/", deeds.step_over, name="closing_finish"),
    path("<int:number>/tam-dung/", deeds.pause_it, name="closing_pause"),
    path("<int:number>/tiep-tuc/", deeds.go_on, name="closing_resume"),
    path("<int:number>/doi-han/", deeds.another_deadline, name="closing_move"),
    path("<int:number>/mo-lai/", deeds.go_back, name="closing_reopen"),
    path("<int:number>/chap-nhan/", sealing_views.accept_gap, name="closing_accept"),
    path("<int:number>/chot/", sealing_views.seal_it, name="closing_seal"),
    path("<int:number>/chot-lai/", sealing_views.seal_again, name="closing_supersede"),
    path("<int:number>/ban-chot/<int:seal>/", sealing_views.seal_file, name="closing_seal_file"),
    path("<int:number>/van-ban/lap/", paper_views.make, name="closing_paper_make"),
    path("<int:number>/van-ban/<str:code>/ky/", paper_views.sign_it, name="closing_paper_sign"),
    path("<int:number>/van-ban/<str:code>/<str:form>", paper_views.file, name="closing_paper"),
]
