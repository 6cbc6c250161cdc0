"""Addresses of the self-report."""

from django.urls import path

from congtam.web.pages.self_report import claim_views, views

urlpatterns = [
    path("", views.self_report, name="self_report"),
    path("nop/", views.done, name="self_report_done"),
    path("<int:number>/rut/", claim_views.take_back, name="claim_take_back"),
    path("<int:number>/xac-nhan/", claim_views.answer, name="claim_answer"),
    path("<int:number>/tep/", claim_views.evidence, name="claim_file"),
]
