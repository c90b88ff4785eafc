"""Engines for pictures, sound and characters: bytes in, facts out, the original untouched."""
