"""XLSX workbooks as offices write them: looked through before they are read, then read row by row.

`guard` refuses what must not be opened, `survey` sees what the reading library does not tell (formulas, hidden rows,
errors), `workbook` chooses the sheet and hands out its cells, `header` finds the header, `table` tells data rows from
totals and signatures, and `source` puts them together as a list that the rest of intake reads like a CSV file.
"""
