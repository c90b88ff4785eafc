"""The Merkle log over all custody events: its leaves, its tree, its checkpoints, its proofs."""
