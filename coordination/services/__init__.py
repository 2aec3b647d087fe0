"""What someone does: load, decide, store, record; never a commit."""
