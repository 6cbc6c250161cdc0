"""Addresses of slips and requests to review."""

from django.urls import path

from congtam.web.pages.objections import answer_views, request_views, slip_views

urlpatterns = [
    path("phieu/", slip_views.own, name="slip"),
    path("phieu/danh-sach/", slip_views.everyone, name="slips"),
    path("phieu/<str:code>/", slip_views.theirs, name="their_slip"),
    path("xem-xet-lai/", request_views.requests, name="review"),
    path("xem-xet-lai/gui/", request_views.new, name="review_new"),
    path("xem-xet-lai/thong-ke/", request_views.statistics, name="review_statistics"),
    path("xem-xet-lai/<int:number>/", request_views.one, name="review_request"),
    path("xem-xet-lai/<int:number>/tep/", request_views.file, name="review_file"),
    path("xem-xet-lai/<int:number>/tra-loi/", answer_views.reply, name="review_answer"),
]
