"""Recorded calls and what recorders write beside them."""
