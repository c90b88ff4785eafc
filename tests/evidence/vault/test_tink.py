"""docs/formats/vault.md: the vault's bytes are Tink's, both ways."""

from __future__ import annotations

import io

import pytest
import tink
from tink import secret_key_access, streaming_aead
from tink.proto import aes_gcm_hkdf_streaming_pb2, common_pb2, tink_pb2

from evidence.models import EvidenceItem
from evidence.vault import keyring
from evidence.vault.envelope import Encryptor, EnvelopeDamagedError
from tests.evidence.uploads.sender import CONTENT, Sender
from tests.evidence.vault.conftest import FIRST, ITEM, KEY, PLAIN, plain_bytes, seal, unseal
from tests.evidence.vault.test_encryptor import rest, resume

TYPE_URL = "type.googleapis.com/google.crypto.tink.AesGcmHkdfStreamingKey"


LONG = FIRST + 3 * PLAIN + 11
SEVERAL_MIB = (5 << 20, FIRST + 20 * PLAIN - 1, FIRST + 20 * PLAIN, FIRST + 20 * PLAIN + 1)


@pytest.fixture(scope="module")
def primitive() -> streaming_aead.StreamingAead:
    return primitive_of(KEY)


def primitive_of(data_key: bytes) -> streaming_aead.StreamingAead:
    streaming_aead.register()
    key = aes_gcm_hkdf_streaming_pb2.AesGcmHkdfStreamingKey(
        key_value=data_key,
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


@pytest.mark.parametrize("item", [b"", b"x", ITEM, "案件".encode(), bytes(300)], ids=len)
def test_associated_data_of_any_kind_is_bound_alike(primitive, item):
    plain, sealed = plain_bytes(1000), _Open()
    with primitive.new_encrypting_stream(sealed, item) as stream:
        stream.write(plain)

    assert unseal(sealed.getvalue(), item=item) == plain
    with primitive.new_decrypting_stream(io.BytesIO(seal(plain, item=item)), item) as stream:
        assert stream.read() == plain


def test_other_associated_data_opens_it_for_neither(primitive):
    sealed = seal(plain_bytes(1000))

    with pytest.raises(EnvelopeDamagedError):
        unseal(sealed, item=b"another item")
    stream = primitive.new_decrypting_stream(io.BytesIO(sealed), b"another item")
    with pytest.raises(tink.TinkError):
        stream.read()


@pytest.mark.parametrize("piece", [1, 70_001, FIRST, PLAIN])
def test_tink_reads_an_upload_that_was_broken_off_after_every_piece(primitive, piece):
    """Each piece by a process of its own, of which blob and encrypted tail are all that is left."""
    plain, blob = plain_bytes(LONG if piece > 1 else 40), io.BytesIO()
    rested = rest(Encryptor(blob, data_key=KEY, associated_data=ITEM))
    for begin in range(0, len(plain), piece):
        resumed = resume(blob, rested)
        resumed.write(plain[begin : begin + piece])
        rested = rest(resumed)
    resume(blob, rested).finish()

    with primitive.new_decrypting_stream(io.BytesIO(blob.getvalue()), ITEM) as stream:
        assert stream.read() == plain


def test_tink_reads_what_a_real_upload_left_in_the_vault(borrower_browser, case, vault):
    """Through tus, in two calls, under the item's own data key and id."""
    sender = Sender(borrower_browser, case, body=CONTENT[:300_000])
    sender.patch(300_000, CONTENT[300_000:])
    item = EvidenceItem.objects.get()
    tinks = primitive_of(keyring.item_key(item))

    sealed = io.BytesIO((vault / item.vault_name).read_bytes())
    with tinks.new_decrypting_stream(sealed, str(item.pk).encode()) as stream:
        assert stream.read() == CONTENT


@pytest.mark.parametrize("length", SEVERAL_MIB)
def test_several_mebibytes_both_ways(primitive, length):
    plain, sealed = plain_bytes(length), _Open()
    with primitive.new_encrypting_stream(sealed, ITEM) as stream:
        stream.write(plain)

    assert unseal(sealed.getvalue()) == plain
    with primitive.new_decrypting_stream(io.BytesIO(seal(plain)), ITEM) as stream:
        assert stream.read() == plain
