"""Addresses of the board, of the calendar of work, and of deeds done to many."""

from django.urls import path

from congtam.web.pages.board import bulk, views

urlpatterns = [
    path("bang-viec/", views.board, name="board"),
    path("bang-viec/lam/", bulk.bulk, name="bulk"),
    path("lich-viec/", views.calendar, name="work_calendar"),
]
