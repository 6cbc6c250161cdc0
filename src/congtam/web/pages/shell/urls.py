"""Addresses of what stands around every page."""

from django.urls import path

from congtam.web.pages.shell import origin_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("ma/<int:number>/", origin_views.origin, name="origin"),
    path("ngon-ngu/", views.language, name="language"),
]
