"""Addresses of people and units."""

from django.urls import path

from congtam.web.pages.organisation import (
    absence_edits,
    agency_edits,
    decisions,
    person_edits,
    post_edits,
    undo,
    unit_edits,
    views,
    workbook,
)

urlpatterns = [
    path("", views.tree, name="organisation"),
    path("hoan-tac/", undo.undo, name="organisation_undo"),
    path("quyet-dinh/", decisions.decision, name="organisation_decision"),
    path("bang-tinh/", workbook.workbook, name="organisation_workbook"),
    path("bang-tinh/mau/", workbook.template, name="organisation_template"),
    path("bang-tinh/bao-cao/", workbook.report, name="organisation_workbook_report"),
    path("bang-tinh/ghi/", workbook.apply_workbook, name="organisation_workbook_apply"),
    path("them-co-quan/", agency_edits.new_agency, name="organisation_new_agency"),
    path("them-don-vi/", unit_edits.new_unit, name="organisation_new_unit"),
    path("don-vi/<path:unit>/sua/", unit_edits.edit_unit, name="organisation_edit_unit"),
    path("don-vi/<path:unit>/ket-thuc/", unit_edits.end_unit, name="organisation_end_unit"),
    path("don-vi/<path:unit>/", views.unit, name="organisation_unit"),
    path("them-vi-tri/", post_edits.new_post, name="organisation_new_post"),
    path("vi-tri/<path:post>/sua/", post_edits.edit_post, name="organisation_edit_post"),
    path("vi-tri/<path:post>/", views.post, name="organisation_post"),
    path("them-nguoi/", person_edits.new_person, name="organisation_new_person"),
    path("nguoi/<path:person>/vi-tri/them/", person_edits.begin_spell, name="organisation_begin_spell"),
    path("nguoi/<path:person>/vi-tri/<int:seq>/het/", person_edits.end_spell, name="organisation_end_spell"),
    path("nguoi/<path:person>/vi-tri/<int:seq>/sua/", person_edits.correct_spell, name="organisation_correct_spell"),
    path("nguoi/<path:person>/vi-tri/<int:seq>/rut/", person_edits.withdraw_spell, name="organisation_withdraw_spell"),
    path(
        "nguoi/<path:person>/vang-mat/<int:seq>/rut/",
        absence_edits.withdraw_absence,
        name="organisation_withdraw_absence",
    ),
    path("nguoi/<path:person>/uy-quyen/<int:seq>/", post_edits.end_delegation, name="organisation_end_delegation"),
    path("nguoi/<path:person>/vang-mat/", absence_edits.absence, name="organisation_absence"),
    path("nguoi/<path:person>/uy-quyen/", post_edits.delegate, name="organisation_delegate"),
    path("nguoi/<path:person>/sua/", person_edits.edit_person, name="organisation_edit_person"),
    path("nguoi/<path:person>/", views.person, name="organisation_person"),
]
