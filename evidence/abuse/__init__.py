"""Name the abuse in messages and over a timeline; draw it. Pure: no framework, no network."""
