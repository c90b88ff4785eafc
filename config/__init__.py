"""Where we run: settings, paths, problems, the served client."""
