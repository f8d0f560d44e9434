"""What a WSGI server serves."""

from portal.app import create_app

application = create_app()
