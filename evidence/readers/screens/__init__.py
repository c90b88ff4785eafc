"""Pictures of chats: bubbles, times, which app, what is wrong with the picture."""
