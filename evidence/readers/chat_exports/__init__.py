"""Conversations that messengers or their tools wrote out."""
