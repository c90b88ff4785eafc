"""The outside TSAs of the settings, as a package's signature asks them."""

from __future__ import annotations

from dataclasses import dataclass

from complaints.bundle.errors import StampRefusedError
from evidence import tsa_client, tsa_sources
from evidence.vault import keyring


@dataclass(frozen=True)
class OutsideStamper:
    """One of them; what it answers is judged before it is believed."""

    source: str

    def respond(self, request_der: bytes) -> bytes:
        """Its whole response.

        Raises:
            StampRefusedError: none that holds; `why` is the TSA client's code.
        """
        try:
            source = tsa_sources.source(self.source)
            own_roots = keyring.house().roots()
            response, _ = tsa_client.respond(source, request_der, own_roots=own_roots)
        except (tsa_client.StampUnavailableError, tsa_sources.StampSourceError) as cause:
            raise StampRefusedError(source=self.source, why=cause.code) from cause
        return response


def configured() -> list[OutsideStamper]:
    """Those that are asked, in the order of TSA_URLS."""
    return [OutsideStamper(name) for name in tsa_sources.names()]
