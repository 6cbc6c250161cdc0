"""Files in: turns logs and lists as offices really have them into tables of the contract.

`prepare` reads CSV, XES, XLSX and Parquet files, as a reviewed mapping says, and writes a folder that the engine can
evaluate; what cannot be used is set aside with file, row, reason and advice, and can be mended and replayed.
`propose` writes a first mapping for a file nobody here has seen. `load_mapping` refuses a wrong one with its lines.

What it leaves to others: what a case amounts to (the fold), what late means (rulebooks), how a due instant is
counted (the clock), and how messages look on a terminal (the command line).
"""

from congtam.files.mapping import Mapping
from congtam.files.mapping_file import load_mapping, read_mapping
from congtam.files.prepare import prepare
from congtam.files.propose import propose
from congtam.files.report import FileReport, Progress, Report
from congtam.files.shipped import mapping_path, shipped_mappings

__all__ = [
    "FileReport",
    "Mapping",
    "Progress",
    "Report",
    "load_mapping",
    "mapping_path",
    "prepare",
    "propose",
    "read_mapping",
    "shipped_mappings",
]
