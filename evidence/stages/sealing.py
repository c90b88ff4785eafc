"""Stage 2: bind an item's digest to a time by RFC 3161 tokens, the embedded TSA's at once.

What the embedded TSA stamps is self-issued. An outside TSA's token is fetched by a job of its own
(`stamp`, one per TSA), again and again until there is one: a missing stamp is a visible state.
"""

from __future__ import annotations

from evidence import stamping, tsa_client, tsa_sources
from evidence.models import EvidenceItem, Job
from evidence.stamping import Seal
from evidence.vault import keyring


def prepare_embedded(job: Job) -> Seal | None:
    """Have the house's own TSA stamp the item's digest; None when it has (what we made ourselves).

    Raises:
        integrity.timestamp errors: our own token does not hold; the job says so.
    """
    item = EvidenceItem.objects.get(pk=job.subject_id)
    return None if stamping.has_seal(item.pk) else stamping.embedded(item.sha256)


def prepare_outside(job: Job) -> Seal:
    """Ask the outside TSA that `job.version` names.

    Raises:
        tsa_client.StampUnavailableError: it did not answer with a token that holds; later it may.
    """
    item = EvidenceItem.objects.get(pk=job.subject_id)
    source = tsa_sources.source(job.version)
    digest, house = bytes.fromhex(item.sha256), keyring.house()
    response, token = tsa_client.stamp(source, digest, own_roots=house.roots())
    return Seal(source.name, response, token)


def keep(job: Job, seal: Seal | None) -> None:
    """Write the token and its event."""
    if seal is not None:
        stamping.keep(job.subject_id, seal)
