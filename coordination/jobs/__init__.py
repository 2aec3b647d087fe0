"""The clock: what happens at fixed times."""
