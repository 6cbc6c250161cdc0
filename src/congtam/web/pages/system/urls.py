"""Addresses of the system."""

from django.urls import path

from congtam.web.pages.system import views

urlpatterns = [
    path("", views.system, name="system"),
    path("chenh-lech/<int:run>/", views.seen, name="system_seen"),
    path("lua-chon/<str:name>/", views.choose, name="system_choose"),
]
