"""The recipient's check of a package, with no server: `python -m complaints.bundle.verify PATH`.

This file imports nothing, so that `__main__` can say which wheel is missing. From Python:
`complaints.bundle.verify.checking`.
"""
