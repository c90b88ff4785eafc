"""Where hostile bytes are parsed: a process of their own, with nothing to steal and little to use.

The child has no keys, no database, no environment and no file of ours open; it asks its parent for
the bytes of one item over a pipe and answers with records and pictures. It may die of what it
reads: the item then stays what it was, plain evidence, with the reason beside it (docs/threats.md).
"""
