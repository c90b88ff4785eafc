"""From confirmed rows to what a package says (`bundle.content`). Reads rows, changes none.

`acts` finds what the person confirmed, `exhibits` turns numbered items into exhibits, `parties` and
`statistics` their parts, `document` puts them together. Words are catalogue keys `draft-…`.
"""
