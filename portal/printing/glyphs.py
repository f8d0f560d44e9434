"""Which signs no font on this machine can show; runs in the press only."""

import ctypes
from functools import cache


def missing(text: str) -> str:
    """Return the signs of a text that would be printed as a box, each once."""
    signs = sorted({each for each in text if not each.isspace()})
    return "".join(each for each in signs if _is_unknown(each))


def _is_unknown(sign: str) -> bool:
    pango, layout = _layout()
    body = sign.encode("utf-8", "ignore")
    pango.pango_layout_set_text(layout, body, len(body))
    return bool(pango.pango_layout_get_unknown_glyphs_count(layout))


@cache
def _layout() -> tuple[ctypes.CDLL, ctypes.c_void_p]:
    """Return a line of text to try signs in; opened while the press starts, for a fork can open no library."""
    pango, pangoft2 = ctypes.CDLL("libpango-1.0.so.0"), ctypes.CDLL("libpangoft2-1.0.so.0")
    pangoft2.pango_ft2_font_map_new.restype = ctypes.c_void_p
    pango.pango_font_map_create_context.restype = pango.pango_layout_new.restype = ctypes.c_void_p
    fonts = ctypes.c_void_p(pangoft2.pango_ft2_font_map_new())
    context = ctypes.c_void_p(pango.pango_font_map_create_context(fonts))
    return pango, ctypes.c_void_p(pango.pango_layout_new(context))
