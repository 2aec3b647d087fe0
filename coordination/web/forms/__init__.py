"""Forms: turn HTML into the words of the domain; they never query."""
