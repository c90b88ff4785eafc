# The law room: agencies, lender types, kinds, severity, deadlines, problems. Names as in complaints/law/data.

# Agencies
law-agency-PSB_110 = Police emergency line
law-agency-PSB_STATION = Police station (public-security case)
law-agency-PSB_CRIM = Police (criminal complaint)
law-agency-PROC = People's Procuratorate
law-agency-LENDER = The lender itself
law-agency-NFRA_LOCAL = National Financial Regulatory Administration, local office
law-agency-LOCAL_FIN = Local financial administration
law-agency-NIFA = National Internet Finance Association
law-agency-PBOC = People's Bank of China, branch
law-agency-CAC = Cyberspace administration
law-agency-R12321 = 12321 spam reporting centre
law-agency-TELECOM = Telecom operator, then appeal centre
law-agency-H12345 = 12345 government hotline
law-agency-SAMR = Market regulator
law-agency-JUSTICE = Justice bureau
law-agency-COURT = People's court
law-agency-MEDIATE = Financial mediation
law-agency-PLATFORM = Online platform (takedown notice)

# Lender types
law-lender-type-bank = Bank loan
law-lender-type-bank_credit_card = Bank credit card
law-lender-type-consumer_finance_company = Consumer finance company
law-lender-type-trust = Trust company
law-lender-type-auto_finance = Auto finance company
law-lender-type-loan_facilitation_of_licensed = App or platform, money from a licensed lender
law-lender-type-microloan_company = Microloan company (also online)
law-lender-type-financing_guarantee = Financing guarantee company
law-lender-type-pawn = Pawn, leasing, factoring and similar
law-lender-type-local_amc = Local asset management company
law-lender-type-unlicensed_platform = Platform without a licence
law-lender-type-private_lender = A person, or somebody who lends for a living
law-lender-type-unknown = I do not know

# Where to find the lender's legal name
law-lender-name-1 = Loans after 2026-08-01: the statement of total financing cost
law-lender-name-2 = The lender (贷款人) on the first page of the contract or on the note
law-lender-name-3 = The payer's name in the payment message and the bank statement
law-lender-name-4 = The lender's name in your credit report
law-lender-name-5 = “About us” or “partners” in the app
law-lender-name-6 = The partner list on the bank's website
law-lender-name-7 = The payee of the direct-debit agreement
law-lender-name-8 = A notice that the debt was transferred (the new holder is now the creditor)

# Kinds of abuse
law-kind-THREAT = Threat or intimidation
law-kind-INSULT = Insult or humiliation
law-kind-CONTACT_BLAST = Contact blasting
law-kind-NON_DEBTOR_COLLECTION = Collecting from a non-debtor
law-kind-HIGH_FREQUENCY = High-frequency contact
law-kind-CALL_BOMBING = Automated call or SMS bombing
law-kind-OFF_HOURS = Off-hours contact
law-kind-PRIVACY_DISCLOSURE = Disclosure of privacy or debt
law-kind-IMPERSONATE_OFFICIAL = Impersonating an authority
law-kind-IMPERSONATE_LAWYER = Impersonating a lawyer, law firm or mediation body
law-kind-FORGED_DOCUMENT = Forged legal documents
law-kind-DOCTORED_IMAGE = Doctored, obscene or degrading images
law-kind-HOME_VISIT = Home visit harassment
law-kind-WORKPLACE_HARASSMENT = Workplace harassment
law-kind-DEBT_MISREPRESENTATION = Fictitious or inflated debt
law-kind-FALSE_CONSEQUENCE = False legal consequence
law-kind-EXCESSIVE_COST = Exorbitant cost
law-kind-COERCED_REBORROWING = Coercing to borrow elsewhere
law-kind-ANONYMOUS_NUMBER = Anonymous, virtual or spoofed numbers
law-kind-NO_SELF_IDENTIFICATION = No self-identification
law-kind-CONTACT_AFTER_REFUSAL = Contact after refusal, withdrawal, deletion or settlement
law-kind-FALSE_CREDIT_THREAT = False credit-record threats
law-kind-EXTRA_FEES = Extra fees or off-channel payment
law-kind-ILLEGAL_DATA_ACQUISITION = Illegal acquisition of personal data
law-kind-PERSONAL_RESTRAINT = Restraint of liberty
law-kind-PHYSICAL_VIOLENCE = Physical violence

# Severity
law-severity-1 = Breaks the rules of the trade
law-severity-2 = Breaks regulation or infringes rights
law-severity-3 = May break the public-security law
law-severity-4 = Present danger or possible crime

# Facts asked in the interview; only yes counts
law-fact-danger_now = Are you in bodily danger right now?
law-fact-debt_unlawful = Are there facts of unlawful lending: no licence, interest deducted in advance, cost above the limit?
law-fact-authority_warned_before = Did it go on after police or a regulator stepped in?
law-fact-info_items = How many personal records were disclosed or taken?
law-fact-still_online = Is what was published still online?
law-fact-document_is_lawyer_letter = Is the document a lawyer's letter?
law-fact-credit_report_wrong = Is there a wrong entry in your credit report?
law-fact-police_refused = Have the police declined to open a case?
law-fact-wants = What do you ask for?
law-fact-vulnerable_person = The person harmed is a minor, old, pregnant, disabled or ill
law-fact-self_harm = Thoughts or acts of self-harm (help is shown first)
law-fact-continued_after_stop = It went on after somebody stepped in
law-fact-many_people_many_times = Many people and many times
law-fact-image_of_minor = An image of a minor is involved
law-fact-entered_home = Did they enter your home without consent, or refuse to leave it when told to?
law-fact-property_damaged = Was property damaged?
law-fact-forgery_confirmed = Did the authority named in the document say that it did not issue it?

# What is asked
law-want-stop = stop the unlawful collection
law-want-apology = a written apology
law-want-compensation = compensation
law-want-repayment_plan = a repayment plan
law-want-deletion = deletion of the data

# How much we prepare for each agency
law-depth-full = We write the whole document
law-depth-short = We write a short text to paste
law-depth-pointer = We tell you where to go and what to take

# Deadlines
law-alarm-A1 = Limit for public-security cases
law-alarm-A2 = The lender's answer
law-alarm-A3 = The regulator says whether it accepts
law-alarm-A4 = The regulator's findings
law-alarm-A5 = Review of a refusal to open a case
law-alarm-A6 = Administrative reconsideration
law-alarm-A7 = Time for a public-security case
law-alarm-A8 = Answer to a credit-record objection
law-alarm-A9 = The operator's answer
law-alarm-A10 = Notice of where a petition is handled
law-alarm-A11 = The other side's recordings may be overwritten

# Kinds of rules
law-level-law = law
law-level-judicial_interpretation = judicial interpretation
law-level-administrative_regulation = administrative regulation
law-level-party_state_regulation = party and state regulation
law-level-department_rule = departmental rule
law-level-normative_document = regulatory document
law-level-normative_opinion = judicial policy opinion
law-level-national_standard_recommended = recommended national standard (for reference)
law-level-self_regulation = self-regulation of the trade (for reference)
law-level-platform_rule = rules of the reporting platform (for reference)

# Doubts about a lender's name
law_lender_name_missing = Please enter the lender's legal name.
law_lender_name_looks_like_app = This looks like the name of an app, not of a registered company. Complaints that name only an app are usually sent back; use the checklist to find the legal name.
law_lender_type_contradicts_name = The name does not fit the type of lender you chose. Please check again.

# What is never written
law_never_stop_paying = A document must not advise anyone to stop paying.
law_never_promise_reduction = A document must not promise a reduction.
law_never_name_calling = State facts only, no name-calling.
law_never_standard_as_law = A recommended standard or self-regulation must not be called law.
law_never_unverified_forgery = A document that was not checked can only be called “not verifiable”.

# Problems
law_data_broken = The law data is damaged and cannot be used.
law_data_unreadable = The law data cannot be read.
law_data_duplicate = The law data has an entry twice.
law_data_unknown_reference = The law data names an entry that does not exist.
law_data_bad_date = The law data has a wrong date.
law_data_bad_level = The law data has a wrong level.
law_data_unquotable = The law data lacks wording it claims to have.
law_data_untranslated = The law data lacks one language.
law_unknown_provision = There is no such provision.
law_unknown_kind = There is no such kind of abuse.
law_unknown_agency = There is no such agency.
law_unknown_lender_type = There is no such type of lender.
law_unknown_fact = One of the answers is not known.
law_no_kinds = Please choose at least one kind of abuse.
law_severity_out_of_range = The severity is outside what these acts allow.
