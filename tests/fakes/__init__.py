"""Real implementations that stand in for what is far away."""
