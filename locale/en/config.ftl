# Refusals that belong to no room. The key is the problem's code and never changes.

body_unreadable = The request cannot be read
    .detail = What was sent is neither valid JSON nor a valid form.
invalid_input = Something was filled in wrongly
    .detail = See errors, one line for each field.
bad_request = The request cannot be handled
not_signed_in = Sign in first
    .detail = Nobody is signed in, or the sign-in has ended.
not_allowed = Not allowed
csrf_failed = This page is out of date; reload it and try again
    .detail = The request lacks its anti-forgery token. Nothing was done.
not_found = Not found
    .detail = The address is wrong, or this does not belong to your account.
method_not_allowed = This address does not take such a call
not_acceptable = The wanted format cannot be given
body_too_large = Too large
media_type_unsupported = This type of content is not supported
too_many_requests = Too many attempts
    .detail = Try again later.
internal_error = The server failed
    .detail = Nothing half done was kept. Tell the operator the incident number.
try_again = The server is busy
    .detail = Nothing was kept. Try again in a few seconds.
evidence_error = The evidence cannot be handled

screen-client-missing-title = The phone client is not built yet
screen-client-missing-text = Run make client on the server, then reload this page. The interface under /api/ works.
