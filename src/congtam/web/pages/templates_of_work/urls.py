"""Addresses of templates and of what recurs."""

from django.urls import path

from congtam.web.pages.templates_of_work import views

urlpatterns = [
    path("", views.templates, name="templates"),
    path("lap/", views.new, name="template_new"),
    path("<int:number>/", views.template, name="template"),
    path("<int:number>/sua/", views.change, name="template_change"),
    path("<int:number>/thoi-dung/", views.retire, name="template_retire"),
    path("<int:number>/giao/", views.give, name="template_give"),
    path("<int:number>/dinh-ky/", views.recur, name="template_recur"),
    path("dinh-ky/<int:number>/dung/", views.stop, name="recurrence_stop"),
    path("dinh-ky/da-biet/", views.known, name="recurrences_known"),
]
