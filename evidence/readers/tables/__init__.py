"""Rows under a header: CSV, workbooks, pages; messages, calls and bills."""
