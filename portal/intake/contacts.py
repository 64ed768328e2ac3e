"""A contact given after filing: read as at filing, and its key stored before the contact is."""

from collections.abc import Callable

from portal.cases.actions.holding import SealedContact
from portal.foundation.errors import FieldErrors, PortalError
from portal.foundation.installation import Secrets
from portal.foundation.text import N_
from portal.identity.contact import Contact, notice_public_key, seal_contact
from portal.identity.keystore import KeyStore
from portal.identity.recipients import later_contact
from portal.intake.fields import read_email, read_phone


def read_contact(email: str, phone: str) -> Contact:
    """One way to be told. Raises FieldErrors for none, for both, and for what is neither."""
    errors: dict[str, PortalError] = {}

    def read(name: str, reader: Callable[[str], str], typed: str) -> str:
        try:
            return reader(typed)
        except PortalError as error:
            errors[name] = error
            return ""

    contact = Contact(read("notify_email", read_email, email), read("notify_phone", read_phone, phone))
    if not errors and not (contact.email or contact.phone):
        errors["notify_email"] = PortalError(N_("Hãy điền thư điện tử hoặc số điện thoại."))
    if contact.email and contact.phone:
        errors["notify_phone"] = PortalError(N_("Xin chọn một cách báo tin: thư điện tử hoặc điện thoại."))
    if errors:
        raise FieldErrors(N_("Xin kiểm tra lại."), errors)
    return contact


def sealed_contact(key_store: KeyStore, installation: Secrets, uid: bytes, contact: Contact) -> SealedContact:
    """Seals a contact. Its key is durable when this returns, and opens nothing until the contact is stored."""
    recipient = later_contact()
    sealed, key = seal_contact(contact, uid, notice_public_key(installation.notice_key))
    key_store.put(uid, {recipient: key})
    return SealedContact(sealed, recipient)
