"""Figures for Prometheus: requests by view, method and answer, with latencies; queues as they stand when asked.

Several web processes share their figures through files in PROMETHEUS_MULTIPROC_DIR, which `congtam serve` sets.
"""

import os
from collections.abc import Iterator

from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from congtam.web.pages.machine import health

LABELS = ("view", "method")
REQUESTS = Counter("congtam_requests_total", "Requests answered", (*LABELS, "status"), registry=None)
SECONDS = Histogram(
    "congtam_request_seconds",
    "Seconds until a request was answered",
    LABELS,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2, 5, 10),
    registry=None,
)


class _Queues(Collector):
    """What waits, read from the database."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = health.waiting(timezone.now())
        yield GaugeMetricFamily("congtam_items_to_fold", "Items whose events changed", now.to_fold)
        yield GaugeMetricFamily("congtam_officials_marked", "Officials waiting to be scored again", now.marks)
        yield GaugeMetricFamily("congtam_jobs_waiting", "Jobs waiting or being done", now.jobs)
        yield GaugeMetricFamily("congtam_rows_set_aside", "Rows set aside and not yet mended", now.set_aside)
        yield GaugeMetricFamily("congtam_oldest_waiting_seconds", "How long the oldest has waited", now.oldest)
        workers = GaugeMetricFamily("congtam_workers", "Sessions workers hold with the database", labels=["kind"])
        workers.add_metric(["live"], health.running(health.LIVE_WORKER))
        workers.add_metric(["jobs"], health.running(health.JOBS_WORKER))
        yield workers


def text() -> bytes:
    """Everything, as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(_Queues())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REQUESTS)
        registry.register(SECONDS)
    return generate_latest(registry)
