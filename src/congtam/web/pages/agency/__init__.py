"""Đơn vị: what is off course in each section, since when, who answers, what was decided; on one page."""
