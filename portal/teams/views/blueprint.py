"""The blueprint that the pages of teams share."""

from flask import Blueprint

blueprint = Blueprint("teams", __name__, url_prefix="/desk")
