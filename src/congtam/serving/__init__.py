"""Starting and stopping what a site runs: the packaged database, the workers, the web."""
