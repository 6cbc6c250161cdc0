"""The room as Django knows it."""

from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "congtam.ratings"
    label = "ratings"
