"""The first words of something longer."""


def snippet(words: str, most: int) -> str:
    """At most so many characters, ended at a word."""
    if len(words) <= most:
        return words
    cut = words[:most].rsplit(" ", 1)[0].rstrip(" ,;:.–—-(")
    return f"{cut or words[:most]}…"
