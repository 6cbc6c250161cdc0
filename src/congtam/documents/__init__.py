"""What leaves as DOCX, PDF or XLSX: its layout, its signature, and whether a file that comes back is ours."""
