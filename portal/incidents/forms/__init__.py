"""What is asked when a surge is declared, and the words with which its notice begins."""

from portal.incidents.forms.declaring import AsideForm, DeclareForm, NewTimeForm, drafts, next_quarter

__all__ = ["AsideForm", "DeclareForm", "NewTimeForm", "drafts", "next_quarter"]
