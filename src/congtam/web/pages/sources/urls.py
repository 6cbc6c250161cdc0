"""Addresses of sources."""

from django.urls import path

from congtam.web.pages.sources import aside, batches, edits, same_work, uploads, views

urlpatterns = [
    path("", views.sources, name="sources"),
    path("them/", edits.new_source, name="sources_new"),
    path("so-lieu/", edits.authorities, name="sources_authorities"),
    path("so-lieu/doi/", edits.set_authority, name="sources_set_authority"),
    path("so-lieu/them/", edits.new_datum, name="sources_new_datum"),
    path("tai-len/", uploads.upload, name="sources_upload"),
    path("tai-len/bat-dau/", uploads.begin, name="sources_upload_begin"),
    path("tai-len/<int:number>/", uploads.review, name="sources_upload_review"),
    path("tai-len/<int:number>/phan/", uploads.piece, name="sources_upload_piece"),
    path("tai-len/<int:number>/tien-do/", uploads.progress, name="sources_upload_progress"),
    path("de-rieng/", aside.aside, name="sources_aside"),
    path("de-rieng/<int:number>/", aside.mend, name="sources_mend"),
    path("de-rieng/dua-lai/", aside.replay_many, name="sources_replay"),
    path("de-rieng/bo/", aside.drop_many, name="sources_drop"),
    path("cung-viec/", same_work.same, name="sources_same"),
    path("cung-viec/<int:number>/", same_work.decide, name="sources_decide"),
    path("he/<path:source>/dot/<int:number>/rut/", batches.withdraw, name="sources_withdraw"),
    path("he/<path:source>/dot/<int:number>/rut/tien-do/", batches.progress, name="sources_withdraw_progress"),
    path("he/<path:source>/sua/", edits.edit_source, name="sources_edit"),
    path("he/<path:source>/so-dem/", edits.own_count, name="sources_own_count"),
    path("he/<path:source>/ma/<int:number>/thu-hoi/", edits.revoke_token, name="sources_revoke"),
    path("he/<path:source>/ma/", edits.make_token, name="sources_token"),
    path("he/<path:source>/", views.source, name="sources_source"),
]
