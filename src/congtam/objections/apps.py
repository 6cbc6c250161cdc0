"""The room as Django knows it."""

from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    name = "congtam.objections"
    label = "objections"
