"""The vault's bucket: made once, at the start of an installation that keeps its vault in one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

NO_CONSTRAINT = {"", "us-east-1"}  # of these regions S3 wants no LocationConstraint
ABSENT = {"404", "NoSuchBucket"}


def make(vault: Any) -> bool:
    """Make the bucket if the vault lies in one that is not there; return whether it was made.

    Args:
        vault: the storage `vault` of the settings; only an S3 one has a bucket.

    Raises:
        ImproperlyConfigured: the store does not answer, or does not let us in.
    """
    name = getattr(vault, "bucket_name", None)
    if name is None:
        return False
    # Only an installation with a bucket loads the S3 client. It has no types of its own.
    from botocore.exceptions import (  # type: ignore[import-untyped]  # noqa: PLC0415
        BotoCoreError,
        ClientError,
    )

    client = vault.connection.meta.client
    try:
        client.head_bucket(Bucket=name)
    except ClientError as answer:
        if answer.response["Error"]["Code"] not in ABSENT:
            raise _unusable(answer.response["Error"]["Code"]) from answer
    except BotoCoreError as silence:
        raise _unusable("no_answer") from silence
    else:
        return False
    region = client.meta.region_name or ""
    where = {"CreateBucketConfiguration": {"LocationConstraint": region}}
    try:
        client.create_bucket(Bucket=name, **({} if region in NO_CONSTRAINT else where))
    except ClientError as answer:
        raise _unusable(answer.response["Error"]["Code"]) from answer
    return True


def _unusable(code: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"the bucket of S3_BUCKET cannot be used ({code}); look at the S3_ settings."
    )
