"""What nobody would send, and what becomes of it: a short form of what `make fuzz` does."""
