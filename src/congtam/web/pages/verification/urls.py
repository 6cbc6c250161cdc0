"""Addresses of the public page and of the certificates."""

from django.urls import path

from congtam.web.pages.verification import certificate_views, views

urlpatterns = [
    path("", views.verification, name="verification"),
    path("chung-thu/", certificate_views.certificates, name="certificates"),
    path("chung-thu/<int:number>/go/", certificate_views.withdraw, name="certificate_withdraw"),
]
