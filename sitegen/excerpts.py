"""The beginning of a text, for where there is little room."""


def excerpt(text: str, length: int) -> str:
    """Cut a text at a word's end, with an ellipsis where something was left out."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    cut = flat.rfind(" ", length // 2, length)
    return flat[: cut if cut > 0 else length].rstrip(" ,;:.([") + "\N{HORIZONTAL ELLIPSIS}"
