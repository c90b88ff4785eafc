"""Resumable uploads: tus 1.0 over the door in. Encrypted from the first byte (docs/uploads.md)."""
