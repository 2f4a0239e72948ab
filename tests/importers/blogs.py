"""Small WordPress exports written by hand: Ana owns the blog, Bo has an account, Cleo and Dan are guests."""

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from tertulia.importers.detect import silently
from tertulia.importers.stream import Item
from tertulia.importers.wordpress.read import read

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
AUTHORS = (
    "<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ana</wp:author_login>"
    "<wp:author_email>ana@example.org</wp:author_email>"
    "<wp:author_display_name><![CDATA[Ana Lopes]]></wp:author_display_name></wp:author>"
    "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>bo</wp:author_login>"
    "<wp:author_email></wp:author_email><wp:author_display_name>Bo</wp:author_display_name></wp:author>"
)


def comment(
    number: int, *, by: str = "Cleo", mail: str = "cleo@example.org", day: int = 2, **more: object
) -> str:
    """A guest's comment, unless `user_id` says that it is an account's."""
    fields = {
        "id": number,
        "author": by,
        "author_email": mail,
        "author_url": "",
        "author_IP": "192.0.2.77",
        "date": f"2020-01-{day:02} 10:{number:02}:00",
        "date_gmt": f"2020-01-{day:02} 09:{number:02}:00",
        "content": "I see it as you do.",
        "approved": "1",
        "type": "",
        "parent": 0,
        "user_id": 0,
    } | more
    inside = "".join(
        f"<wp:comment_{key}>{escape(str(value))}</wp:comment_{key}>"
        for key, value in fields.items()
        if value is not None
    )
    return f"<wp:comment>{inside}</wp:comment>"


def post(
    number: int = 1, *comments: str, by: str = "ana", day: int = 1, body: str = "", **more: object
) -> str:
    fields = {
        "post_id": number,
        "post_date": f"2020-01-{day:02} 10:00:00",
        "post_date_gmt": f"2020-01-{day:02} 09:00:00",
        "status": "publish",
        "post_type": "post",
        "post_password": "",
    } | more
    inside = "".join(
        f"<wp:{key}>{escape(str(value))}</wp:{key}>" for key, value in fields.items() if value is not None
    )
    return (
        f"<item><title>Post {number}</title><link>https://blog.example.org/2020/post-{number}/</link>"
        f"<pubDate>Wed, 01 Jan 2020 09:00:00 +0000</pubDate><dc:creator><![CDATA[{by}]]></dc:creator>"
        f"<content:encoded><![CDATA[{body or 'Why does bread rise?'}]]></content:encoded>{inside}"
        f'<category domain="category" nicename="bread"><![CDATA[Bread]]></category>{"".join(comments)}</item>\n'
    )


def export(
    *posts: str,
    version: str = "1.2",
    scheme: str = "http",
    authors: str = AUTHORS,
    link: str = "https://blog.example.org",
) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" ?>\n'
        f'<rss version="2.0" {SPACES} xmlns:wp="{scheme}://wordpress.org/export/{version}/">\n<channel>'
        f"<title>A blog</title><link>{link}</link><wp:wxr_version>{version}</wp:wxr_version>\n"
        f"{authors}\n{''.join(posts)}</channel></rss>\n"
    )


def write_blog(folder: Path, *posts: str, **how: str) -> Path:
    path = folder / "blog.xml"
    path.write_text(export(*posts, **how), encoding="utf-8")
    return path


def stream(path: Path) -> list[Item]:
    return list(read(path, silently))


def blog(folder: Path, *posts: str, **how: str) -> list[Item]:
    return stream(write_blog(folder, *posts, **how))


def leaves_out(items: Iterable[Item]) -> dict[str, int]:
    return dict(list(items)[-1].left_out)  # type: ignore[union-attr]
