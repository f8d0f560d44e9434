"""The forms of setting the portal up."""

from portal.administration.forms.catalogue import FaultTypeForm, ModuleForm, ProductForm
from portal.administration.forms.fields import SetupForm
from portal.administration.forms.lists import HEADINGS, ListForm, heading
from portal.administration.forms.organisations import OrganisationForm
from portal.administration.forms.people import AgentForm, ContactForm
from portal.administration.forms.running import InstallationForm, ReleaseForm
from portal.administration.models import Register

FORMS: dict[Register, type[SetupForm]] = {
    Register.ORGANISATIONS: OrganisationForm,
    Register.CONTACTS: ContactForm,
    Register.AGENTS: AgentForm,
    Register.PRODUCTS: ProductForm,
    Register.MODULES: ModuleForm,
    Register.FAULT_TYPES: FaultTypeForm,
    Register.INSTALLATIONS: InstallationForm,
    Register.RELEASES: ReleaseForm,
}

__all__ = ["FORMS", "HEADINGS", "AgentForm", "FaultTypeForm", "ListForm", "OrganisationForm", "SetupForm", "heading"]
