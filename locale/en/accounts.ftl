# Accounts, sign-in, quotas, consent.

account_error = The account could not be changed
quota_spent = The quota is spent
    .detail = { $which ->
        [bytes] Storage is full ({ $used } of { $limit } bytes).
        [open_uploads] Too many uploads are open ({ $used } of { $limit }). Finish or cancel some first.
       *[packages] No more packages today (limit { $limit }). Try again tomorrow.
    }
passphrase_wrong = This is not the passphrase of your account
recovery_refused = The user name and the recovery code do not match, or the code was used
    .detail = Check each group of characters on your paper. A recovery code works once.
passphrase_refused = This passphrase is too easy to guess
    .detail = Use at least 10 characters; avoid common ones and those like your user name.
invitation_refused = The invitation is not valid
    .detail = It does not exist, was used, or is too old. Ask the operator for a new one.
second_factor_needed = A second factor is needed
    .detail = Staff see evidence only after setting up a one-time code and using it in this session.
username_is_contact_data = Do not use a phone, card or identity number or an e-mail address as user name

role-borrower = Borrower
role-reviewer = Reviewer
role-approver = Approver
role-auditor = Auditor
role-operator = Operator
