"""The stages of a complaint. They never import each other."""
