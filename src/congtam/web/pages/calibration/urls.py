"""Addresses of the committee."""

from django.urls import path

from congtam.web.pages.calibration import deeds, views

urlpatterns = [
    path("", views.periods, name="calibration"),
    path("<int:number>/", views.board, name="calibration_board"),
    path("<int:number>/hoi-dong/", deeds.found, name="calibration_committee"),
    path("<int:number>/phien/", deeds.convened, name="calibration_convene"),
    path("<int:number>/co-mat/", deeds.attended, name="calibration_attend"),
    path("<int:number>/ket-thuc/", deeds.adjourned, name="calibration_adjourn"),
    path("<int:number>/danh-sach/<str:rule>/", deeds.listed, name="calibration_list"),
    path("<int:number>/viec/<int:person>/<str:matter>/", views.case, name="calibration_case"),
    path("<int:number>/viec/<int:person>/<str:matter>/phieu/", deeds.voted, name="calibration_vote"),
    path("<int:number>/viec/<int:person>/<str:matter>/quyet/", deeds.decided, name="calibration_decide"),
]
