"""Addresses of the journal."""

from django.urls import path

from congtam.web.pages.journal import views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("nhat-ky.csv", views.export, name="journal_export"),
    path("dau-chuoi.txt", views.heads_text, name="journal_heads"),
]
