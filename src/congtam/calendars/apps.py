"""The room as Django knows it."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "congtam.calendars"
    label = "calendars"
