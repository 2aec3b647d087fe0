"""Flask: doors, forms, routes and words; calls queries and services."""
