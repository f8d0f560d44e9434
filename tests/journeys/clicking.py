"""A reader without a window, who fills in the forms that pages show; every page on the way is inspected."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.inspector import InspectingClient
from tests.journeys.live import Live
from tests.posted_forms import PostedForm, forms_on


@dataclass
class Clicking:
    """Somebody's browser, and the page it shows."""

    client: FlaskClient
    page: TestResponse | None = None

    @classmethod
    def on(cls, live: Live) -> "Clicking":
        """Open a browser of one's own."""
        return cls(InspectingClient(live.app, live.app.response_class))

    @property
    def path(self) -> str:
        """Where the reader is."""
        assert self.page is not None
        return self.page.request.path

    @property
    def text(self) -> str:
        """The page's source."""
        assert self.page is not None
        return self.page.text

    def sign_in(self, person: str) -> "Clicking":
        """Sign in as one of the demo's people."""
        return self.open("/sign-in").send("/sign-in/demo", {"person": person})

    def open(self, path: str) -> "Clicking":
        """Open a page."""
        return self._arrive(self.client.get(path, follow_redirects=True))

    def send(self, ending: str, values: Mapping[str, str]) -> "Clicking":
        """Send the form whose address ends so, with the values for the fields that it has."""
        form = self.form(ending)
        asked = {name: value for name, value in values.items() if name in form.names}
        sent = {**dict(form.untouched), **asked}
        return self._arrive(self.client.post(form.action, data=sent, follow_redirects=True))

    def form(self, ending: str) -> PostedForm:
        """Return the first form of the page whose address ends so."""
        assert self.page is not None
        found = [each for each in forms_on(self.page, "") if each.action.partition("?")[0].endswith(ending)]
        assert found, f"no form to {ending} on {self.path}"
        return found[0]

    def _arrive(self, page: TestResponse) -> "Clicking":
        self.page = page
        return self
