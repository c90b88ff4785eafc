"""What an operator runs by hand or by a timer."""
