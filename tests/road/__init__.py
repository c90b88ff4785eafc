"""Whole roads: a person at the phone, staff at the console, real processes that are killed."""
