"""Addresses of lists of work."""

from django.urls import path

from congtam.web.pages.worklist import views

urlpatterns = [
    path("cong-viec/", views.worklist, name="worklist"),
    path("cong-viec/danh-sach.csv", views.as_csv, name="worklist_csv"),
    path("cong-viec/danh-sach.xlsx", views.as_xlsx, name="worklist_xlsx"),
    path("cong-viec/<int:number>/", views.work_item, name="work_item"),
]
