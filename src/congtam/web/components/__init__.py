"""Pieces that pages share: formats, words, template tags."""
