"""What comes in (`incoming`) and what goes out (`outgoing`): never the same serializer for both."""
