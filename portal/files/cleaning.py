"""Reading a file to its end and writing it anew, so that nothing rides along; runs in a child process only."""

import re
import warnings
from collections.abc import Callable
from io import BytesIO

import pikepdf
import puremagic
from PIL import Image, ImageOps

from intake.redaction import redact

MOST_PIXELS = 40_000_000
_MOST_PAGES = 2_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b|\x0c")
_ACTIONS = (
    "/AA",
    "/OpenAction",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/AF",
    "/XFA",
    "/RichMediaContent",
    "/3DD",
)
_HARMLESS_ACTIONS = {"/GoTo", "/URI", "/Named"}


class UncleanError(Exception):
    """A file that can't be written anew."""

    def __init__(self, code: str) -> None:
        """Keep the code that the reader's words are found by."""
        super().__init__(code)
        self.code = code


def clean(body: bytes, media_type: str) -> bytes:
    """Return the file written anew; raises UncleanError with a code where it isn't what it says."""
    return _CLEANERS[media_type](body)


def _clean_image(body: bytes, media_type: str) -> bytes:
    _require_magic(body, media_type)
    kind = "PNG" if media_type == "image/png" else "JPEG"
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error")
    try:
        with Image.open(BytesIO(body), formats=[kind]) as image:
            image.load()
            return _encoded(image, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UncleanError("too-many-pixels") from error
    except (OSError, SyntaxError, ValueError, Warning) as error:
        raise UncleanError("not-what-it-says") from error


def _encoded(image: Image.Image, kind: str) -> bytes:
    """Return the picture alone, upright: no place, no camera, no comment, nothing after its end."""
    upright = ImageOps.exif_transpose(image)
    mode = _mode(upright) if kind == "PNG" else "RGB"
    plain = upright if upright.mode == mode else upright.convert(mode)
    plain.info.clear()
    out = BytesIO()
    plain.save(out, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return out.getvalue()


def _mode(image: Image.Image) -> str:
    has_holes = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    return "RGBA" if has_holes else "L" if image.mode in ("1", "L") else "RGB"


def _clean_pdf(body: bytes) -> bytes:
    _require_magic(body, "application/pdf")
    try:
        with pikepdf.open(BytesIO(body)) as pdf:
            if not 0 < len(pdf.pages) <= _MOST_PAGES:
                raise UncleanError("not-what-it-says")
            for item in pdf.objects:
                _disarm(item)
            out = BytesIO()
            pdf.remove_unreferenced_resources()
            pdf.save(out)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise UncleanError("locked") from error
    except pikepdf.PdfError as error:
        raise UncleanError("not-what-it-says") from error


def _disarm(item: pikepdf.Object) -> None:
    """Take out of one object, and of what lies directly in it, everything that would act or carry a file."""
    waiting = [item]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting.extend(part for part in each if _lies_inside(part))
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            _take_actions_out(each)
            waiting.extend(each[key] for key in each.keys() if _lies_inside(each[key]))  # noqa: SIM118 (no mapping)


def _lies_inside(item: object) -> bool:
    return isinstance(item, pikepdf.Array | pikepdf.Dictionary) and not item.is_indirect


def _take_actions_out(item: pikepdf.Object) -> None:
    for key in _ACTIONS:
        if key in item:
            del item[key]
    action = item.get("/A")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) not in _HARMLESS_ACTIONS:
        del item["/A"]


def _clean_text(body: bytes) -> bytes:
    """Return a text in UTF-8 with secrets and personal details masked."""
    text = _COLOURS.sub("", _decoded(body))
    if _CONTROL.search(text):
        raise UncleanError("not-what-it-says")
    return redact(text.replace("\r\n", "\n").replace("\r", "\n")).text.encode("utf-8")


def _decoded(body: bytes) -> str:
    """Read a text as today's computers write it, or as older Windows in Chinese does."""
    encodings = ("utf-16",) if body[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030", "big5")
    for encoding in encodings:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UncleanError("not-what-it-says")


def _require_magic(body: bytes, media_type: str) -> None:
    """Refuse what begins like something else; the real reading comes after."""
    try:
        found = puremagic.from_string(body[:8192], mime=True)
    except (puremagic.PureError, ValueError) as error:
        raise UncleanError("not-what-it-says") from error
    if found != media_type:
        raise UncleanError("not-what-it-says")


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "image/png": lambda body: _clean_image(body, "image/png"),
    "image/jpeg": lambda body: _clean_image(body, "image/jpeg"),
    "application/pdf": _clean_pdf,
    "text/plain": _clean_text,
}
