"""Paths of evidence, relative to `/api/`."""

from __future__ import annotations

from django.urls import path

from evidence.views import (
    cases,
    choices,
    consents,
    items,
    log,
    screens,
    tags,
    timeline,
    transcripts,
    uploads,
)

urlpatterns = [
    path("consents/", consents.ConsentList.as_view()),
    path("consents/<str:purpose>/", consents.ConsentDetail.as_view()),
    path("cases/", cases.CaseList.as_view()),
    path("cases/<uuid:case_id>/", cases.CaseDetail.as_view()),
    path("cases/<uuid:case_id>/open-review/", cases.OpenReview.as_view()),
    path("cases/<uuid:case_id>/close-review/", cases.CloseReview.as_view()),
    path("cases/<uuid:case_id>/items/", items.CaseItems.as_view()),
    path("cases/<uuid:case_id>/screens/", screens.Screens.as_view()),
    path("cases/<uuid:case_id>/strands/<uuid:strand_id>/", screens.Strand.as_view()),
    path("cases/<uuid:case_id>/timeline/", timeline.Timeline.as_view()),
    path("cases/<uuid:case_id>/decisions/", tags.CaseDecisions.as_view()),
    path("cases/<uuid:case_id>/findings/", tags.Findings.as_view()),
    path("kinds/", tags.KindList.as_view()),
    path(
        "cases/<uuid:case_id>/pictures/<slug:name>.svg",
        tags.Picture.as_view(),
        name="evidence-picture",
    ),
    path("cases/<uuid:case_id>/numbers/", tags.NumberList.as_view()),
    path("cases/<uuid:case_id>/numbers/<str:number>/", tags.NumberDetail.as_view()),
    path("items/", items.ItemList.as_view()),
    path("items/<uuid:item_id>/", items.ItemDetail.as_view()),
    path("items/<uuid:item_id>/receipt/", items.ItemReceiptView.as_view()),
    path("items/<uuid:item_id>/content/", items.ItemContent.as_view()),
    path("items/<uuid:item_id>/derivatives/<slug:name>/", items.ItemDerivative.as_view()),
    path("items/<uuid:item_id>/records/", items.ItemRecords.as_view()),
    path("items/<uuid:item_id>/transcript/", transcripts.ItemTranscript.as_view()),
    path("items/<uuid:item_id>/transcript/lines/", transcripts.ItemLines.as_view()),
    path("segments/<uuid:segment_id>/decision/", transcripts.SegmentDecide.as_view()),
    path("items/<uuid:item_id>/choice/", choices.ItemChoice.as_view()),
    path("items/<uuid:item_id>/choice/survey/", choices.ItemSurvey.as_view()),
    path("items/<uuid:item_id>/token/", items.ItemToken.as_view()),
    path("items/<uuid:item_id>/log/", log.ItemLog.as_view()),
    path("log/consistency/", log.Consistency.as_view()),
    path("items/<uuid:item_id>/verify/", items.ItemVerdict.as_view()),
    path("tags/<uuid:tag_id>/decision/", tags.TagDecide.as_view()),
    path("records/<uuid:record_id>/place/", choices.RecordPlace.as_view()),
    path("records/<uuid:record_id>/tags/", tags.RecordTags.as_view()),
    path("uploads/", uploads.UploadList.as_view()),
    path("uploads/<uuid:upload_id>/", uploads.UploadDetail.as_view()),
    path("uploads/<uuid:upload_id>/receipt/", uploads.UploadReceipt.as_view()),
]
