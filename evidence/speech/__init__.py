"""Words out of sound: engines behind one protocol, and guards against words nobody said. Pure."""
