"""Exports of WordPress blogs: WXR 1.0 to 1.2, an RSS file with posts, comments and authors."""
