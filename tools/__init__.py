"""Tools around the product; what manage.py itself imports is standard library only."""
