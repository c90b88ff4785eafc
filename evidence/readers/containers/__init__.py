"""Files that hold files: archives and backups; what is inside is read in turn."""
