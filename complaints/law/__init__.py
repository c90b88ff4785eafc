"""Law as data with dates: provisions, agencies, routing, severity, citations. Pure."""
