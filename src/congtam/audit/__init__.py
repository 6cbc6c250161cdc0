"""Who did what when, in which post: append-only, chained per batch, with heads kept off the machine."""
