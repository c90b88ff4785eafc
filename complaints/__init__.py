"""Complaints: makes a case out of evidence items and a package out of a case."""

__version__ = "0.1.0"
