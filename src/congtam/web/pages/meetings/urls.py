"""Addresses of meetings."""

from django.urls import path

from congtam.web.pages.meetings import holding_views, views

urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("mo/", holding_views.call, name="meeting_call"),
    path("<int:number>/", views.meeting, name="meeting"),
    path("<int:number>/thong-bao/", views.notice, name="meeting_notice"),
    path("<int:number>/ket-thuc/", holding_views.close, name="meeting_close"),
    path("<int:number>/huy/", holding_views.call_off, name="meeting_call_off"),
    path("<int:number>/ket-luan/<int:series>/sua/", holding_views.correct, name="conclusion_correct"),
    path("<int:number>/ket-luan/<int:series>/bo/", holding_views.strike_out, name="conclusion_strike_out"),
]
