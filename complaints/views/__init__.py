"""HTTP over complaints: parse, call one thing, answer."""
