"""Addresses of the month."""

from django.urls import path

from congtam.web.pages.month import seen_views, views, why_views, year_views

urlpatterns = [
    path("thang-cua-toi/", views.month, name="month"),
    path("thang-cua-toi/luc-nay/", views.month_now, name="month_now"),
    path("nam-cua-toi/", year_views.year, name="my_year"),
    path("thang/<str:code>/", views.their, name="their_month"),
    path("bieu-do/diem-cac-thang.svg", views.points_by_month, name="points_by_month"),
    path("vi-sao/", why_views.why, name="why"),
    path("vi-sao/du-lieu.json", why_views.why_json, name="why_json"),
    path("vi-sao/<str:code>/", why_views.their_why, name="their_why"),
    path("vi-sao/<str:code>/viec/<int:number>/", why_views.their_moved, name="their_moved"),
    path("cong-viec/<int:number>/da-tac-dong/", why_views.moved, name="moved"),
    path("ai-da-xem/", seen_views.seen_by, name="seen_by"),
]
