"""The first page: the customer's home, or the way to the desk."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.ui import access, pages

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@access.signed_in
def show() -> ResponseReturnValue:
    """Show a customer what waits for them; agents go to the desk."""
    return pages.page("home/show.html")


@blueprint.get("/accessibility")
@access.public
def show_accessibility() -> ResponseReturnValue:
    """Say how the portal works for everyone, and whom to tell where it doesn't."""
    return pages.page("home/accessibility.html")


@blueprint.get("/privacy")
@access.public
def show_privacy() -> ResponseReturnValue:
    """Say what is kept, for how long, who sees it, and how to have it erased."""
    return pages.page("home/privacy.html")
