"""What manage.py is made of; standard library only."""
