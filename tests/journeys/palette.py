"""Pictures in 256 colours: a page of words needs no more, and is a third as large."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode, b64encode

from playwright.sync_api import Page

# In the browser, which reads a PNG faster than Python does: the 256 commonest colours as they are, each other one as
# the nearest of them.
IN_COLOURS = """async (given) => {
  const bytes = Uint8Array.from(atob(given), (one) => one.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  canvas.drawImage(bitmap, 0, 0);
  const points = new Uint32Array(canvas.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
  const counted = new Map();
  for (const one of points) counted.set(one, (counted.get(one) ?? 0) + 1);
  const parts = (one) => [one & 255, (one >> 8) & 255, (one >> 16) & 255];
  const colours = [...counted].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([one]) => parts(one));
  const nearest = new Map([...counted.keys()].map((one) => {
    const mine = parts(one);
    let best = 0, least = Infinity;
    colours.forEach((other, place) => {
      const far = mine.reduce((sum, part, at) => sum + (part - other[at]) ** 2, 0);
      if (far < least) [best, least] = [place, far];
    });
    return [one, best];
  }));
  let indexed = "";
  for (let at = 0; at < points.length; at += 8192) {
    indexed += String.fromCharCode(...points.subarray(at, at + 8192).values().map((one) => nearest.get(one)));
  }
  return { width: bitmap.width, height: bitmap.height, colours: colours.flat(), indexed: btoa(indexed) };
}"""


def in_few_colours(page: Page, png: bytes) -> bytes:
    found = page.evaluate(IN_COLOURS, b64encode(png).decode())
    width, height, rows = found["width"], found["height"], b64decode(found["indexed"])
    # Before each row stands how it is filtered: not at all.
    lines = b"".join(b"\0" + rows[at : at + width] for at in range(0, width * height, width))
    return b"\x89PNG\r\n\x1a\n" + b"".join((
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        _chunk(b"PLTE", bytes(found["colours"])),
        _chunk(b"IDAT", zlib.compress(lines, 9)),
        _chunk(b"IEND", b""),
    ))  # fmt: skip


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
