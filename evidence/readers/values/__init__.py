"""What every reader knows of times, numbers, names and records that stand twice."""
