"""SMS, MMS and calls as phones and their tools write them out."""
