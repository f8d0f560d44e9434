"""The blueprint that the pages of surges and incidents share."""

from flask import Blueprint

blueprint = Blueprint("incidents", __name__)
