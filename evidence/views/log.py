"""The Merkle log: proofs for those who may see an item, tiles and checkpoint for everybody."""

from __future__ import annotations

import base64
import re
import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.permissions import MaySeeEvidence
from evidence import custody, permissions
from evidence.custody import Subject
from evidence.integrity import event as events
from evidence.integrity import tiles
from evidence.integrity.tiles import MAX_LEVEL, WIDTH, TileName
from evidence.log import checkpoints, proofs, tree
from evidence.log.errors import CheckpointUnknownError
from evidence.models import Checkpoint
from evidence.serializers.log import ConsistencyOut, LogProofsOut

VERSION = 1
FOR_EVER = "public, max-age=31536000, immutable"
PARTIAL = re.compile(r"(?P<number>.+)\.p/(?P<width>[1-9][0-9]{0,2})")
SIZE = re.compile(r"[1-9][0-9]{0,17}")


class ItemLog(APIView):
    """Where an item's events stand in the log."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(responses=LogProofsOut)
    def get(self, request: Request, item_id: uuid.UUID) -> Response:
        """Each event's path under the newest checkpoint, and the item's outside time."""
        item = permissions.item_or_404(request, item_id)
        rows = list(custody.log_of(Subject.ITEM, item.pk))
        newest, grown = checkpoints.latest(), tree.Tree()
        digests = [row.sha256 for row in rows]
        found = proofs.places(digests, newest, tree=grown) if newest else {}
        outside = proofs.first_stamped(digests[0], tree=grown)
        value = {
            "v": VERSION,
            "checkpoint": checkpoints.shown(newest).decode() if newest else None,
            "entries": [
                {
                    "event": row.sha256,
                    "act": row.act,
                    "leaf_data": events.leaf_data(bytes(row.raw)).hex(),
                    **_place(found.get(row.sha256)),
                }
                for row in rows
            ],
            "outside": _outside(outside) if outside else None,
        }
        return Response(LogProofsOut(value).data)


class Consistency(APIView):
    """That an older checkpoint is the beginning of a newer one."""

    permission_classes = [MaySeeEvidence]

    @extend_schema(
        parameters=[OpenApiParameter("old", int), OpenApiParameter("new", int)],
        responses=ConsistencyOut,
    )
    def get(self, request: Request) -> Response:
        """Both notes and the path between them."""
        old, new = (_checkpoint(request.query_params.get(name, "")) for name in ("old", "new"))
        if old.size > new.size:
            raise CheckpointUnknownError("the older checkpoint is larger than the newer one")
        value = {
            "v": VERSION,
            "old": checkpoints.shown(old).decode(),
            "new": checkpoints.shown(new).decode(),
            "path": [_b64(each) for each in proofs.consistency(old, new)],
        }
        return Response(ConsistencyOut(value).data)


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The published checkpoint with its cosignatures."""
    answer = HttpResponse(checkpoints.shown(_published()), content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def tile(request: HttpRequest, level: int, number: str) -> HttpResponse:
    """The hashes of one tile, or its first ones."""
    name = _tile_name(level, number)
    at = name.index * WIDTH
    return _bytes(b"".join(tree.Tree().hashes(name.level, at, at + name.width)))


@require_safe
def entries(request: HttpRequest, number: str) -> HttpResponse:
    """The 32-byte commitments of one bundle, or its first ones."""
    name = _tile_name(0, number)
    at = name.index * WIDTH
    return _bytes(tiles.bundle(tree.leaf_data(at, at + name.width)))


def _published() -> Checkpoint:
    found = checkpoints.published() if settings.LOG_ORIGIN else None
    if found is None:
        raise Http404
    return found


def _tile_name(level: int, number: str) -> TileName:
    """The tile that a path names, when the published checkpoint covers it; else 404."""
    partial = PARTIAL.fullmatch(number)
    width = int(partial["width"]) if partial else WIDTH
    index = tiles.read_number(partial["number"] if partial else number)
    if index is None or level > MAX_LEVEL or (partial and width >= WIDTH):
        raise Http404
    name = TileName(level, index, width)
    if not tiles.covers(_published().size, name):
        raise Http404
    return name


def _bytes(raw: bytes) -> HttpResponse:
    answer = HttpResponse(raw, content_type="application/octet-stream")
    answer["Cache-Control"] = FOR_EVER
    return answer


def _checkpoint(text: str) -> Checkpoint:
    if not SIZE.fullmatch(text):
        raise CheckpointUnknownError("not a checkpoint's size")
    return checkpoints.of_size(int(text))


def _place(place: proofs.Place | None) -> dict[str, Any]:
    if place is None:
        return {"index": None, "path": None}
    return {"index": place.index, "path": [_b64(each) for each in place.path]}


def _outside(found: proofs.StampedPlace) -> dict[str, Any]:
    tokens = found.checkpoint.tokens.filter(is_self_issued=False)
    return {
        "checkpoint": checkpoints.shown(found.checkpoint).decode(),
        **_place(found.place),
        "tokens": [
            {
                "source": token.source,
                "gen_time": token.gen_time,
                "response": _b64(bytes(token.response)),
            }
            for token in tokens
        ],
    }


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
