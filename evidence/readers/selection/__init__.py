"""What of an export a person chose; what they are shown before and at one place."""
