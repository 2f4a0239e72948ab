"""Settings, the data folder, the table of addresses and the WSGI door."""
