"""Chat pages as phones show them, drawn from a seed, with the truth of every bubble.

One conversation is drawn on one long canvas; a screenshot is a window on it under the phone's bars.
So neighbouring screenshots really overlap, bubbles are cut where a screen ends, and a long
screenshot is the canvas itself. Everything said is invented.
"""
