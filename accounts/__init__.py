"""Who acts: users, roles, consent, recovery, quotas. Imports nothing of ours."""
