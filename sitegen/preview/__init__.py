"""The live preview: files watched, pages served with the hosted headers, the browser reloaded. Knows no building."""

from sitegen.preview.serve import BuildResult, serve

__all__ = ["BuildResult", "serve"]
