"""Addresses of handovers."""

from django.urls import path

from congtam.web.pages.handover import views

urlpatterns = [
    path("", views.handovers, name="handover"),
    path("bien-ban/<int:number>/", views.minutes, name="handover_minutes"),
    path("<str:person>/", views.hand_over, name="handover_of"),
]
