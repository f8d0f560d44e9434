"""Everything on the desk that the menu has no room for."""

from portal.desk.views.blueprint import blueprint
from portal.ui import access, menu, pages
from portal.ui.access import current_actor


@blueprint.get("/more")
@access.agent
def show_more() -> str:
    """Show where else one can go, with a sentence for each place."""
    return pages.page("desk/more.html", groups=menu.groups(current_actor()))
