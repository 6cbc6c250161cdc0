"""What machines ask: whether the site is well (`/healthz`), its figures (`/metrics`), and the log of requests."""
