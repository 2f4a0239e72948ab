"""The engine: a table of acts in, readings out. Pure; no clock, no I/O, no framework."""
