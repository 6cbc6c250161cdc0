"""The address of the leader's page."""

from django.urls import path

from congtam.web.pages.agency.views import agency

urlpatterns = [path("don-vi/", agency, name="agency")]
