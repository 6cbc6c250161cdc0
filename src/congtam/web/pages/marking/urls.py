"""Addresses of marking, of raters from outside and of how raters lean."""

from django.urls import path

from congtam.web.pages.marking import outside_views, raters_views, views

urlpatterns = [
    path("", views.marks, name="marking"),
    path("dong/", views.row, name="marking_row"),
    path("nguoi-ngoai/", outside_views.outside, name="marking_outside"),
    path("nguoi-ngoai/them/", outside_views.add, name="marking_admit"),
    path("nguoi-ngoai/<int:number>/thoi/", outside_views.stop, name="marking_end"),
    path("nguoi-cham/", raters_views.raters, name="raters"),
    path("nguoi-cham/bieu-do.svg", raters_views.chart, name="raters_chart"),
]
