"""Signing in, one's own password and second factor, and the accounts the administrator keeps."""
