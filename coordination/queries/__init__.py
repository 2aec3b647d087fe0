"""What a page shows: an actor in, frozen rows out; nothing is written here."""
