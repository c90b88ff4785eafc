"""The complaint package: what it says, how it is laid out, how a stranger checks it. Pure."""
