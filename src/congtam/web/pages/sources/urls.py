"""Addresses of sources."""

from django.urls import path

from congtam.web.pages.sources import edits, views

urlpatterns = [
    path("", views.sources, name="sources"),
    path("them/", edits.new_source, name="sources_new"),
    path("so-lieu/", edits.authorities, name="sources_authorities"),
    path("so-lieu/doi/", edits.set_authority, name="sources_set_authority"),
    path("so-lieu/them/", edits.new_datum, name="sources_new_datum"),
    path("he/<path:source>/sua/", edits.edit_source, name="sources_edit"),
    path("he/<path:source>/so-dem/", edits.own_count, name="sources_own_count"),
    path("he/<path:source>/ma/", edits.make_token, name="sources_token"),
    path("he/<path:source>/ma/<int:number>/thu-hoi/", edits.revoke_token, name="sources_revoke"),
    path("he/<path:source>/", views.source, name="sources_source"),
]
