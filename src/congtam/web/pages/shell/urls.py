"""Addresses of what stands around every page."""

from django.urls import path

from congtam.web.pages.shell import export_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("ma/<int:number>/", export_views.export, name="export"),
    path("ngon-ngu/", views.language, name="language"),
]
