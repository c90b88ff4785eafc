"""The stages: each moves an item one step on. They never import each other."""
