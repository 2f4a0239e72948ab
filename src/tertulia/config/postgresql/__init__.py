"""Django's PostgreSQL, but for how it is found out whether a kept connection still stands."""
