"""Which media type a recognised format is sent with; what is not listed is sent as mere bytes."""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
MEDIA_TYPES = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "heic": "image/heic",
    "avif": "image/avif",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "amr": "audio/amr",
    "amr_wb": "audio/amr-wb",
    "silk": "audio/silk",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "aac": "audio/aac",
    "wav": "audio/wav",
    "mp4": "video/mp4",  # also sound alone: the box does not say, and players play both
    "caf": "audio/x-caf",
    "matroska": "video/x-matroska",
    "asf": "video/x-ms-asf",
    "flv": "video/x-flv",
    "aiff": "audio/aiff",
    "sms_backup": "application/xml",
    "super_backup": "application/xml",
    "zip": "application/zip",
    "gzip": "application/gzip",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "sqlite": "application/vnd.sqlite3",
    "pdf": "application/pdf",
}


def media_type_of(format_id: str) -> str:
    """The media type of a reading's format."""
    return MEDIA_TYPES.get(format_id, UNKNOWN)
