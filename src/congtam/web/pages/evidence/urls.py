"""Addresses of evidence."""

from django.urls import path

from congtam.web.pages.evidence import views

urlpatterns = [
    path("minh-chung/<int:item>/", views.hand_in, name="evidence_hand_in"),
    path("minh-chung/tep/<int:number>/", views.download, name="evidence_file"),
]
