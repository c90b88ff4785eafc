# What the house writes in a complaint: facts, no conclusions

draft-unknown = unknown
draft-other-side = the other side
draft-role-lender = Lender
draft-role-collector = Collector
draft-role-operator = Operator of the app
draft-role-authority = Authority that acted
draft-respondent-unknown = Identity unknown
draft-calls-itself = calls itself "{ $name }"
draft-identity-unknown = as they call themselves; nothing else is known
draft-asked-to-stop = Asked to stop contacting family and friends and to stop the harassment
draft-asked-to-stop-how = Asked to stop, by: { $how }
draft-not-debtor = I am not the borrower of this loan.
draft-not-debtor-nor-guarantor = I am not the borrower of this loan and have not guaranteed it.
draft-went-on = It went on afterwards
draft-did-not-go-on = It did not happen again
draft-question-told_of_outsourcing = Did the lender say that collection was handed to another firm
draft-question-collector_listed = Is the collection firm on the published list
draft-question-lender_answer = The lender's answer to the complaint
draft-question-in_court = Whether the loan is before a court or an arbitrator
draft-credit-code = Unified social credit code { $code }
draft-information-app = App and version
draft-information-operator = Operator
draft-information-kinds = Kinds of personal information
draft-information-count = How many
draft-information-count-value = About { $count }
draft-information-obtained = How it was taken
draft-information-discovered = Found out on
draft-information-use = How it was leaked or used
draft-information-links = Web addresses
draft-decision-authority = Authority that decided
draft-decision-number = Number of the notice
draft-decision-received = Received or learnt of on
draft-decision-reason = The reason it gave
draft-decision-last = Last day to apply
draft-desk-police = The police
draft-outcome-refused = Not taken on
draft-purpose-notice = Shows what was handed in and what was answered
draft-category = Debt collection: { $kinds }
draft-request-offences = That a criminal case is opened on suspicion of: { $offences }; which offence it is, the police decide
draft-repayment-wish = Agree a repayment plan: { $wish }
draft-short-number = Reported number
draft-short-time = Time (Beijing)
draft-short-channel = Channel
draft-short-seconds = Length (seconds)
draft-short-kinds = Kind
draft-short-said = Words
draft-short-code = Exhibit
draft-short-exhibit = { " " }(exhibit { $code })
draft-short-words = Words: “{ $words }”
draft-short-of = Number { $number }, { $count } times:
draft-short-lender = Institution: { $lender } { $place }
draft-short-lender-blank = (write the full name in the contract)
draft-short-blank = (please fill in)
draft-short-to-samr =
    Reported by: { $name }, telephone: { $phone }, address: { $address }
    Request: look into it, act on what falls within your duty, and tell the result.
draft-short-to-justice =
    Reported by: { $name }, telephone: { $phone }, address: { $address }
    Lawyer's name, licence number and firm as the other side gave them: (please fill in)
    What the register of lawyers and firms shows: (please fill in)
    Request: check whether they are licensed as a lawyer, act on it by law and tell the result.
draft-short-to-platform =
    Notice by: { $name }, telephone: { $phone }
    Address or place of each piece of content: (please fill in, one by one)
    Request: delete, hide or unlink it, and tell the result.
draft-short-to-pboc =
    Complainant: { $name }, telephone: { $phone }, address: { $address }
    Number of the credit report and the disputed entries: (please fill in)
    What the institution answered before: { $lender_answer }
    Request: check and correct what was reported, and answer in writing.
draft-short-to-mediate =
    Applicant: { $name }, telephone: { $phone }, address: { $address }
    Dispute and request: mediation on how the loan is repaid. What I have in mind: { $repayment_wish }
draft-short-count = { $count } collecting calls and messages were checked, from { $numbers } numbers.
draft-short-rules = Rules: { $rules }.
draft-short-rest = { $count } more are in the table attached.

draft-title-accusation = Accusation
draft-title-police_report = Report to the police
draft-title-criminal_accusation = Criminal complaint
draft-title-criminal_report = Report of a crime
draft-title-regulator_report = Report to the regulator
draft-title-local_finance_report = Letter of complaint and report
draft-title-lender_complaint = Complaint to the lender
draft-title-stop_notice = Notice to stop unlawful collection
draft-title-personal_information_report = Report on personal information
draft-title-non_filing_review = Request to review a refusal to file a case
draft-title-administrative_reconsideration = Application for administrative reconsideration
draft-title-filing_supervision = Request to supervise case filing
draft-complainant-accusation = Complainant
draft-complainant-police_report = Reporting person
draft-complainant-criminal_accusation = Complainant
draft-complainant-criminal_report = Reporting person
draft-complainant-regulator_report = Reporting person
draft-complainant-local_finance_report = Complainant and reporting person
draft-complainant-lender_complaint = Complainant
draft-complainant-stop_notice = Sender
draft-complainant-personal_information_report = Complainant
draft-complainant-non_filing_review = Applicant
draft-complainant-administrative_reconsideration = Applicant
draft-complainant-filing_supervision = Applicant
draft-respondent-accusation = Accused
draft-respondent-police_report = Reported
draft-respondent-criminal_accusation = Accused
draft-respondent-criminal_report = Reported
draft-respondent-regulator_report = Reported
draft-respondent-local_finance_report = Institution complained of
draft-respondent-lender_complaint = Institution complained of
draft-respondent-stop_notice = Addressee
draft-respondent-personal_information_report = Reported party
draft-respondent-non_filing_review = Accused party
draft-respondent-administrative_reconsideration = Respondent authority
draft-respondent-filing_supervision = Accused party

draft-whom-self = the complainant
draft-whom-third = a third person
draft-alias = Third person { $letter }
draft-see-words = see the words
draft-told-of-debt = Yes (see the words)
draft-relation-other = Relative, friend or colleague
draft-channel-sms = SMS
draft-channel-mms = MMS
draft-channel-call = incoming call
draft-channel-call-out = outgoing call
draft-channel-chat = chat
draft-channel-recording = call recording
draft-channel-image = picture
draft-channel-message = message
draft-direction-in = received
draft-direction-out = sent
draft-direction-missed = missed
draft-direction-rejected = rejected
draft-direction-blocked = blocked
draft-direction-voicemail = voicemail
draft-direction-none = unknown
draft-call-unanswered = (not answered)
draft-call-lasted = (lasted { $seconds } s)

draft-place-line = line { $a }
draft-place-row = entry { $a }
draft-place-table = table { $a }
draft-place-bytes = bytes { $a }–{ $b }
draft-place-seconds = { $a }–{ $b } s
draft-place-box = place in the picture ({ $a }, { $b })
draft-place-member = file { $a }

draft-kind-call_recording = Call recording
draft-kind-chat_screenshot = Chat screenshot
draft-kind-message_export = Export of messages and calls
draft-kind-screen_recording = Screen recording
draft-kind-document = Document
draft-kind-other = Other file
draft-class-call_recording = Electronic data (recording)
draft-class-chat_screenshot = Electronic data (chat screenshot)
draft-class-message_export = Electronic data (messages, call log)
draft-class-screen_recording = Electronic data (screen recording)
draft-class-document = Electronic data (document)
draft-class-other = Electronic data
draft-class-told = A third person's written statement (electronic data)
draft-source-own_call = a call I took part in
draft-source-received = received by me
draft-source-third_party_voluntary = given freely by a third person
draft-source-other = other
draft-kept-by-complainant = The original device is kept by the complainant and can be shown
draft-kept-by-witness = The original device is kept by that third person
draft-told-statement = Statement of a third person
draft-told-consent = Consent of a third person
draft-told-terms = Agreed to
draft-told-written = Written (the house's clock)
draft-purpose-told = Shows how a third person was contacted, in their own words
draft-erased = Material of a third person, numbered { $code } before, was erased on { $day } and is not handed over.
draft-name-records = Extract of an export ({ $count } records)
draft-import-part = The export holds { $all } records; its owner had { $kept } of them read, the others were not read
draft-import-days = Nothing on { $count } days between the first and the last; that does not mean that anybody took something away
draft-import-truncated = The export may have broken off, or counts otherwise than it holds
draft-import-join = {"; "}
draft-records-note = Only the records that the complaint leans on are handed over, the others are not: { $reason }
draft-records-beside = The export is handed over whole; listed here are the records that the complaint quotes.
draft-records-withheld = { $count } other records not handed over: { $reason }
draft-redacted-places = Redacted copy: { $count } places removed for good
draft-redacted-first = The original holds { $count } pictures; the copy keeps the first alone
draft-redacted-spans = Covered copy: the sound of { $count } spans, { $seconds } s together, is removed for good; a tone stands in its place
draft-redacted-sound = The digest here is that of the covered copy, not of the original recording. The original is not handed over and its digest stands nowhere; a salted commitment names it, which an appointed expert can check
draft-edited-covered = { $count } spans covered (the original sound is removed, a tone stands in its place): { $spans }; nothing else was changed, it was encoded anew
draft-covered-untold = where the name of the original file told it, it is not listed with the covered copy
draft-span = { $first } to { $last }
draft-covered = covered
draft-covered-line = (the sound from { $first } to { $last } is covered)
draft-purpose-background = Background of this matter
draft-purpose-one = Shows what number { $number } sent on { $first }
draft-purpose-many = Shows { $count } records from { $first } on
draft-page-alt = Picture of exhibit { $code }; its words are quoted among the facts
draft-page-alt-redacted = Picture of exhibit { $code }, redacted copy

draft-conduct-once = { $first }, numbers { $numbers }, { $count } time
draft-conduct-often = { $first } to { $last }, numbers { $numbers }, { $count } times
draft-statistics-note = Counted in Beijing time; only dated records of the exhibits are counted; a day without records does not mean that nothing happened.
draft-citations-note = Provisions as in force on the day of each act (law data version { $version }). Whether they apply is for the office to judge.
draft-attachment-identity = Copy of the identity card
draft-attachment-authority = Letter of authority and both identity cards (copies)

draft-figure-contacts = Contacts
draft-figure-contacts-value = { $count }
draft-figure-contacts-method = Every incoming call and message of their numbers
draft-figure-calls = Calls
draft-figure-calls-value = { $count }
draft-figure-calls-method = Answered and unanswered
draft-figure-answered = Answered calls
draft-figure-answered-value = { $count }
draft-figure-answered-method = Longer than 0 seconds
draft-figure-messages = Messages
draft-figure-messages-value = { $count }
draft-figure-messages-method = Every SMS, MMS and chat message
draft-figure-night = 22:00 to 8:00
draft-figure-night-value = { $count }
draft-figure-night-method = From 22:00:00 until before 8:00:00, Beijing time
draft-figure-numbers = Numbers
draft-figure-numbers-value = { $count }
draft-figure-numbers-method = Each number once
draft-figure-period = Period
draft-figure-period-value = { $first } to { $last }
draft-figure-period-method = Earliest and latest record
draft-figure-run = Days in a row with contact
draft-figure-run-value = { $count } at most
draft-figure-run-method = Calendar days in Beijing with at least one call or message
draft-figure-missing = Days without any record
draft-figure-missing-value = { $count }
draft-figure-missing-method = Days of the period for which the exhibits hold nothing of theirs; not proof of no contact
draft-figure-busiest = Most calls on one day
draft-figure-busiest-value = { $count }
draft-figure-busiest-method = Calendar days in Beijing, all their numbers together, answered and unanswered

draft-picture-heat_strip = Contacts by day and hour
draft-picture-heat_strip-alt = Each cell is one hour of a day, darker means more; 22 to 8 o'clock is shaded
draft-picture-calls_per_day = Calls per day
draft-picture-calls_per_day-alt = Each bar is one day's calls
draft-picture-numbers_by_days = Numbers and days
draft-picture-numbers_by_days-alt = Each row is a number, each cell that day's count
draft-picture-contact_map = Other people who were contacted
draft-picture-contact_map-alt = The collector on the left, each third person a dot on the right, a thicker line for more contacts; names are hidden
draft-picture-caption = Rules version { $version }, Beijing time
draft-pattern = Counts past a limit
draft-pattern-method = { $reason } Rule { $rule }, version { $version }.
draft-pattern-counting = { " " }How it was counted: { $counting }
draft-pattern-value = { $count } records
draft-no-rule = For the office to judge

draft-speaker-other = Other side
draft-speaker-self = Complainant
draft-speaker-unknown = Cannot tell
draft-speaker-written = { $who } (written)
draft-transcript-beside = { $count } more were written by those who listened, and are marked.
draft-transcript-covered = { $count } more touch a covered span and are neither listed nor quoted.
draft-transcript-written = No draft by software; { $count } segments were written down by those who listened, and are marked (written).
draft-transcript-self = Draft by software; the complainant listened to and confirmed { $count } segments one by one ({ $corrected } of them corrected). The other { $left } of the draft are not confirmed and neither listed nor quoted.
draft-transcript-others = Draft by software; { $count } segments were listened to and confirmed one by one ({ $corrected } of them corrected). The other { $left } of the draft are not confirmed and neither listed nor quoted.

# How a number is known to be the other side's: the person's words, then the texts'.
draft-tie-person = The person says: { $words }
draft-tie-texts = The material shows: { $words }
draft-tie-conflict = The material also names: { $names }
