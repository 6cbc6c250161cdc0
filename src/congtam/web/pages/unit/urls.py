"""Addresses of a head's pages."""

from django.urls import path

from congtam.web.pages.unit import decision_views, moving_views, views, why_views

urlpatterns = [
    path("phong-toi/", views.unit, name="unit"),
    path("phong-toi/giao-ban/", views.week, name="unit_week"),
    path("phong-toi/quyet-dinh/<str:code>/", decision_views.decide, name="unit_decide"),
    path("phong-toi/cung-viec/<int:number>/", decision_views.same, name="unit_same_work"),
    path("phong-toi/chuyen-viec/", moving_views.move, name="unit_move"),
    path("vi-sao-don-vi/<str:unit>/", why_views.unit_why, name="unit_why"),
    path("vi-sao-don-vi/<str:unit>/du-lieu.json", why_views.unit_why_json, name="unit_why_json"),
]
