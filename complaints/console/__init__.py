"""The review console: server-rendered pages on which staff read, decide and approve."""
