"""People made up: how they talk, answer, come back, listen and act, in a table of acts and texts, and what is true.

Nothing here knows the engine: a test proves that none of it is imported.
"""
