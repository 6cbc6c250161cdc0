"""The address of the public page."""

from django.urls import path

from congtam.web.pages.dossier.views import dossier

urlpatterns = [path("tra-cuu-ho-so/", dossier, name="dossier")]
