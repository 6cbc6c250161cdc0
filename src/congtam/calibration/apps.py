"""The room as Django knows it."""

from django.apps import AppConfig


class CalibrationConfig(AppConfig):
    name = "congtam.calibration"
    label = "calibration"
