"""SQLite files of Android phones and iPhones, with the logs beside them."""
