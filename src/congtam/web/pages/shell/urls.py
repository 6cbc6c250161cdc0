"""Addresses of what stands around every page."""

from django.urls import path

from congtam.web.pages.shell import views

urlpatterns = [
    path("", views.home, name="home"),
    path("ngon-ngu/", views.language, name="language"),
]
