"""The log: one line of JSON per event, on standard error. Numbers and names of views, never names of people, never the
query of an address."""

import sys
from logging.config import dictConfig
from traceback import extract_tb
from typing import Any

import structlog
from structlog.types import EventDict, WrappedLogger

KEPT = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "logger",
        "request",
        "view",
        "method",
        "status",
        "ms",
        "account",
        "post",
        "exception",
        "job",
        "queue",
        "count",
        "seq",
        "where",
        "card",
        "period",
    ]
)


def logging_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING: our own lines as JSON from `level` on, those of libraries from warnings on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _shared(),
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    only_kept,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["standard_error"], "level": "WARNING"},
        "loggers": {
            "congtam": {"level": level},
            "django.request": {"level": "CRITICAL"},  # it adds addresses to what the middleware and `failed` say
            "django.server": {"level": "ERROR"},
            "pyhanko": {"level": "CRITICAL"},  # what it says of a bad signature is told on the page
            "pyhanko_certvalidator": {"level": "CRITICAL"},
            "axes": {"level": "CRITICAL"},  # tells names and addresses of who mistyped a password
        },
    }


def configure(settings: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG: the standard library's log and structlog's, so that all lines look alike."""
    dictConfig(settings)
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def only_kept(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Known fields pass, and figures; texts nobody thought of do not, for they might be personal."""
    return {name: value for name, value in line.items() if name in KEPT or isinstance(value, int | float | None)}


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        _where_it_broke,
    ]


def _where_it_broke(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """An exception as its kind and places; what it says may quote rows, so that is left out."""
    told = line.pop("exc_info", None)
    error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        line["exception"] = f"{type(error).__module__}.{type(error).__qualname__}"
        line["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    return line
