"""The order in which the tables of evidence came to be."""
