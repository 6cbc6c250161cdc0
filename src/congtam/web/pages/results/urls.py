"""The address of published results."""

from django.urls import path

from congtam.web.pages.results.views import results

urlpatterns = [path("", results, name="results")]
