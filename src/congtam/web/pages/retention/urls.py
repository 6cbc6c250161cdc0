"""Addresses of retention."""

from django.urls import path

from congtam.web.pages.retention import keeping_views, list_views, views

urlpatterns = [
    path("", views.retention, name="retention"),
    path("thoi-han/<str:kind>/", keeping_views.term, name="retention_term"),
    path("thoi-han/<int:number>/bo/", keeping_views.end, name="retention_term_end"),
    path("tam-giu/ghi/", keeping_views.hold_it, name="retention_hold"),
    path("tam-giu/<int:number>/thoi/", keeping_views.release_it, name="retention_release"),
    path("danh-sach/lap/<str:kind>/", list_views.new, name="erasure_new"),
    path("danh-sach/nguoi/", list_views.new_person, name="erasure_person"),
    path("danh-sach/<int:series>/", list_views.one, name="erasure"),
    path("danh-sach/<int:series>/quyet-dinh/", list_views.decide, name="erasure_decide"),
    path("danh-sach/<int:series>/bien-ban/", list_views.minutes, name="erasure_minutes"),
]
