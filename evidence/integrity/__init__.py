"""What proves: digests, custody events, receipts, time-stamps, the log's tree, keys. Pure."""
