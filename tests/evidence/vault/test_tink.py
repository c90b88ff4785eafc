"""docs/formats/vault.md: the vault's bytes are Tink's, both ways."""

from __future__ import annotations

import io

import pytest
import tink
from tink import secret_key_access, streaming_aead
from tink.proto import aes_gcm_hkdf_streaming_pb2, common_pb2, tink_pb2

from tests.evidence.vault.conftest import ITEM, KEY, plain_bytes, seal, unseal

TYPE_URL = "type.googleapis.com/google.crypto.tink.AesGcmHkdfStreamingKey"


@pytest.fixture(scope="module")
def primitive() -> streaming_aead.StreamingAead:
    streaming_aead.register()
    key = aes_gcm_hkdf_streaming_pb2.AesGcmHkdfStreamingKey(
        key_value=KEY,
        params=aes_gcm_hkdf_streaming_pb2.AesGcmHkdfStreamingParams(
            ciphertext_segment_size=1 << 18,
            derived_key_size=32,
            hkdf_hash_type=common_pb2.HashType.SHA256,
        ),
    )
    keyset = tink_pb2.Keyset(primary_key_id=1)
    keyset.key.add(
        key_data=tink_pb2.KeyData(
            type_url=TYPE_URL,
            value=key.SerializeToString(),
            key_material_type=tink_pb2.KeyData.SYMMETRIC,
        ),
        status=tink_pb2.KeyStatusType.ENABLED,
        key_id=1,
        output_prefix_type=tink_pb2.OutputPrefixType.RAW,
    )
    handle = tink.proto_keyset_format.parse(keyset.SerializeToString(), secret_key_access.TOKEN)
    return handle.primitive(streaming_aead.StreamingAead)


class _Open(io.BytesIO):
    """Tink closes what it wrote to; the test wants the bytes afterwards."""

    def close(self) -> None:
        pass


def test_tink_reads_what_the_vault_wrote(primitive, size):
    plain = plain_bytes(size)

    with primitive.new_decrypting_stream(io.BytesIO(seal(plain)), ITEM) as stream:
        assert stream.read() == plain


def test_the_vault_reads_what_tink_wrote(primitive, size):
    plain, sealed = plain_bytes(size), _Open()

    with primitive.new_encrypting_stream(sealed, ITEM) as stream:
        stream.write(plain)

    assert unseal(sealed.getvalue()) == plain
