"""Paths of complaints, relative to `/api/`."""

from __future__ import annotations

from django.urls import path

from complaints.views import (
    catalogue,
    complaints,
    erasure,
    filings,
    packages,
    redactions,
    shorts,
    witness_forms,
    witness_links,
    witness_page,
)

urlpatterns = [
    path("me/erasure/", erasure.MyErasures.as_view()),
    path("me/erasure/<uuid:request_id>/", erasure.MyErasure.as_view()),
    path("cases/<uuid:case_id>/erasure/", erasure.CaseErasure.as_view()),
    path("items/<uuid:item_id>/erasure/", erasure.ItemErasure.as_view()),
    path("lender-types/", catalogue.LenderTypes.as_view()),
    path("agencies/", catalogue.Agencies.as_view()),
    path("cases/<uuid:case_id>/routing/", catalogue.Routing.as_view()),
    path("cases/<uuid:case_id>/short.csv", shorts.CaseShortTable.as_view()),
    path("cases/<uuid:case_id>/short.txt", shorts.CaseShortText.as_view()),
    path("cases/<uuid:case_id>/short/preflight/", shorts.CaseShortPreflight.as_view()),
    path("cases/<uuid:case_id>/complaints/", complaints.CaseComplaints.as_view()),
    path("complaints/<uuid:complaint_id>/", complaints.ComplaintDetail.as_view()),
    path("complaints/<uuid:complaint_id>/exhibits/", complaints.ComplaintExhibits.as_view()),
    path(
        "complaints/<uuid:complaint_id>/exhibits/<str:code>/",
        complaints.ComplaintExhibit.as_view(),
    ),
    path(
        "complaints/<uuid:complaint_id>/exhibits/<str:code>/form/",
        redactions.ExhibitForm.as_view(),
    ),
    path(
        "complaints/<uuid:complaint_id>/exhibits/<str:code>/redactions/",
        redactions.ExhibitRedactions.as_view(),
    ),
    path("redactions/<uuid:redaction_id>/picture/", redactions.RedactionPicture.as_view()),
    path("redactions/<uuid:sound_id>/sound/", redactions.RedactionSound.as_view()),
    path("complaints/<uuid:complaint_id>/interview/", complaints.ComplaintInterview.as_view()),
    path("complaints/<uuid:complaint_id>/preflight/", complaints.ComplaintPreflight.as_view()),
    path("complaints/<uuid:complaint_id>/finish/", complaints.ComplaintFinish.as_view()),
    path("complaints/<uuid:complaint_id>/filings/", filings.ComplaintFilings.as_view()),
    path("filings/<uuid:filing_id>/outcomes/", filings.FilingOutcomes.as_view()),
    path("filings/<uuid:filing_id>/follow-ups/", filings.FilingFollowUps.as_view()),
    path("complaints/<uuid:complaint_id>/deadlines/", filings.ComplaintDeadlines.as_view()),
    path("complaints/<uuid:complaint_id>/calendar.ics", filings.ComplaintCalendar.as_view()),
    path("complaints/<uuid:complaint_id>/package/", packages.ComplaintPackage.as_view()),
    path("complaints/<uuid:complaint_id>/packages/", packages.ComplaintPackages.as_view()),
    path("packages/<uuid:package_id>/", packages.PackageDetail.as_view()),
    path("packages/<uuid:package_id>/download/", packages.PackageDownload.as_view()),
    path("packages/<uuid:package_id>/bag/", packages.PackageBag.as_view()),
    path("packages/<uuid:package_id>/parts/", packages.PackageParts.as_view()),
    path("packages/<uuid:package_id>/complaint.pdf", packages.PackagePaper.as_view()),
    path("cases/<uuid:case_id>/witness-links/", witness_links.CaseWitnessLinks.as_view()),
    path("witness-links/<uuid:link_id>/", witness_links.WitnessLinkDetail.as_view()),
    path("witness-links/<uuid:link_id>/statement/", witness_links.WitnessLinkStatement.as_view()),
    path("complaints/<uuid:complaint_id>/witnesses/", witness_forms.ComplaintWitnesses.as_view()),
    path(
        "complaints/<uuid:complaint_id>/witnesses/<uuid:link_id>/",
        witness_forms.ComplaintWitness.as_view(),
    ),
    path("witness/", witness_page.WitnessAnswer.as_view()),
    path("witness/bind/", witness_page.WitnessBinding.as_view()),
    path("witness/statement/", witness_page.WitnessStatements.as_view()),
    path("witness/pictures/", witness_page.WitnessPictures.as_view()),
]
