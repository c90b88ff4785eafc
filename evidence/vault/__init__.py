"""Where the bytes rest, encrypted: their format, their keys, their place."""
