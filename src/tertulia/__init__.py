"""Tertulia: ideas that remember why they changed."""
