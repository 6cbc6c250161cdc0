"""Addresses of a piece of work, of giving it, and of answering what is asked about it."""

from django.urls import path

from congtam.web.pages.task import answer_views, giving_views, incidental_views, item_views

urlpatterns = [
    path("viec/<int:item>/", item_views.task, name="task"),
    path("viec/<int:item>/<slug:slug>/", item_views.act, name="task_act"),
    path("cau-hoi/<int:number>/", answer_views.answer_question, name="answer"),
    path("cau-hoi/<int:number>/rut/", answer_views.take_back_question, name="unask"),
    path("giao-viec/", giving_views.give, name="give"),
    path("phat-sinh/", incidental_views.came_up, name="came_up"),
    path("sang-kien/", incidental_views.initiative, name="initiative"),
    path("viec-mat/", incidental_views.secret, name="secret"),
]
