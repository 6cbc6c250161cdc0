"""Addresses of the registers of documents."""

from django.urls import path

from congtam.web.pages.registers import document_views, entering_views, views

urlpatterns = [
    path("van-ban/", views.register, name="registers"),
    path("van-ban/danh-sach.csv", views.as_csv, name="registers_csv"),
    path("van-ban/danh-sach.xlsx", views.as_xlsx, name="registers_xlsx"),
    path("van-ban/vao-so/", entering_views.enter, name="registers_enter"),
    path("van-ban/so-mat/", entering_views.secret, name="registers_secret"),
    path("van-ban/cua-toi/", entering_views.mine, name="registers_mine"),
    path("van-ban/du-thao/", entering_views.draft, name="registers_draft"),
    path("van-ban/tep/<int:number>/", document_views.download, name="registers_file"),
    path("van-ban/<int:number>/", document_views.document, name="document"),
    path("van-ban/<int:number>/<slug:slug>/", document_views.step, name="document_step"),
]
