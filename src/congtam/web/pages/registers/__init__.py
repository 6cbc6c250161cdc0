"""Sổ văn bản: registers of documents in and out, one document with its story, drafts on the way to a signature."""
