"""Where the vault's bytes, the rate limits' counters and the queue lie, by settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .env import SettingError

# Of an encrypted blob read from a bucket: beyond it a temporary file, not memory, holds it.
SPOOL_BYTES = 16 * 1024 * 1024


def configured(
    vault_dir: Path,
    *,
    bucket: str,
    endpoint: str,
    region: str,
    access_key: str,
    secret_key: str,
    prefix: str = "",
) -> dict[str, Any]:
    """Name the storage of the vault: an S3-compatible bucket when one is named, else the disk.

    Raises:
        SettingError: a bucket is named without the keys to open it.
    """
    vault = _disk(vault_dir)
    if bucket:
        if not access_key or not secret_key:
            raise SettingError("S3_BUCKET is set: S3_ACCESS_KEY and S3_SECRET_KEY are needed too.")
        vault = _bucket(bucket, endpoint, region, access_key, secret_key, prefix)
    return {
        "default": vault,
        "vault": vault,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def cache(redis_url: str, folder: Path) -> dict[str, Any]:
    """Name the cache that every process shares: rate limits count in it, nothing else lives there.

    A cache per process would let a guesser try once more in each worker.
    """
    if redis_url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(folder),
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }


def queue(folder: Path) -> dict[str, Any]:
    """Let messages travel through a folder of this machine, looked at ten times a second."""
    return {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.1,
    }


def _disk(folder: Path) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(folder),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def _bucket(
    bucket: str, endpoint: str, region: str, access_key: str, secret_key: str, prefix: str
) -> dict[str, Any]:
    # Only an installation with a bucket loads the S3 client.
    from botocore.config import Config  # type: ignore[import-untyped]  # noqa: PLC0415

    # By path and without the newer checksums: what every S3-compatible store understands. The
    # bytes are authenticated by their envelope.
    client = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        connect_timeout=5,
        read_timeout=60,
    )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": prefix,
            "endpoint_url": endpoint or None,
            "region_name": region or None,
            "access_key": access_key,
            "secret_key": secret_key,
            "client_config": client,
            "max_memory_size": SPOOL_BYTES,
            "file_overwrite": False,
            "default_acl": None,
            "querystring_auth": True,
        },
    }
