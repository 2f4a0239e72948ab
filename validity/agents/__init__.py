"""People made up: how they talk, answer, come back, listen and act, as a table of acts and texts with the truth beside it.

Nothing here knows the engine: a test proves that none of it is imported.
"""
