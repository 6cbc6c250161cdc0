"""Addresses of incidents and exemptions."""

from django.urls import path

from congtam.web.pages.exemptions import exempting_views, incident_views, views

urlpatterns = [
    path("", views.exemptions, name="exemptions"),
    path("danh-sach.csv", views.as_csv, name="exemptions_csv"),
    path("danh-sach.xlsx", views.as_xlsx, name="exemptions_xlsx"),
    path("su-co/ghi/", incident_views.new, name="incident_new"),
    path("su-co/<int:series>/", incident_views.one, name="incident"),
    path("su-co/<int:series>/tien-do/", incident_views.progress, name="incident_progress"),
    path("su-co/<int:series>/sua/", incident_views.correct, name="incident_correct"),
    path("su-co/<int:series>/rut/", incident_views.take_back, name="incident_take_back"),
    path("mien/ghi/", exempting_views.new, name="exemption_new"),
    path("mien/<int:number>/", exempting_views.one, name="exemption"),
    path("mien/<int:number>/rut/", exempting_views.take_back, name="exemption_take_back"),
]
