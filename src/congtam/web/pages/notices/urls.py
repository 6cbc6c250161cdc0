"""Addresses of digests, of the calendar, and of what a phone installs."""

from django.urls import path

from congtam.web.pages.notices import hook_views, setting_views, shell, views

urlpatterns = [
    path("ban-tin/", views.digests, name="digests"),
    path("ban-tin/cai-dat/", setting_views.settings, name="digest_settings"),
    path("ban-tin/cai-dat/lich/", setting_views.feed, name="digest_feed"),
    path("ban-tin/cach-do-go/", views.typing_told, name="typing_told"),
    path("lich/<str:token>.ics", views.calendar_file, name="calendar_file"),
    path("he-thong/bao-ra-ngoai/", hook_views.hooks, name="hooks"),
    path("he-thong/bao-ra-ngoai/<int:number>/go/", hook_views.end, name="hook_end"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("worker.js", shell.worker, name="service_worker"),
    path("ngoai-tuyen/", shell.offline, name="offline"),
]
