"""Pictures are decoded and encoded again."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from portal.files.cleaning import UncleanError
from portal.files.cleaning.magic import require_magic

MOST_PIXELS = 40_000_000


def clean(body: bytes, media_type: str) -> bytes:
    """Return a picture encoded again."""
    require_magic(body, media_type)
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
