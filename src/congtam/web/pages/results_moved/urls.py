"""Addresses of results that come in and go out."""

from django.urls import path

from congtam.web.pages.results_moved import views

urlpatterns = [
    path("", views.results, name="results_moved"),
    path("csdl/<int:number>/", views.handed, name="handover_receipt"),
    path("csdl/<int:number>/ket-qua.csv", views.file, name="handover_file"),
]
