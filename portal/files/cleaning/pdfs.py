"""PDFs are parsed and written anew, disarmed."""

from io import BytesIO

import pikepdf

from portal.files.cleaning import UncleanError
from portal.files.cleaning.magic import require_magic

_MOST_PAGES = 2_000
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


def clean(body: bytes, media_type: str) -> bytes:
    """Return a PDF parsed and written anew, without what would act or carry a file."""
    require_magic(body, media_type)
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
    if "/S" in item and "/Next" in item:  # an action that goes on with others, out of sight
        del item["/Next"]
    action = item.get("/A")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) not in _HARMLESS_ACTIONS:
        del item["/A"]
