"""Flask-Security over our accounts: argon2, session renewal. Its own pages are not used."""

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from portal.staff.models import Staff, StaffRole
from portal.web.frame.database import db

COSTS: dict[str, dict[str, int]] = {
    "normal": {},
    "cheap": {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1},
}


def install(app: Flask) -> Security:
    """Sets Flask-Security up without its blueprint: the sign-in page is ours."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 (the name of a scheme)
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SINGLE_HASH=True,
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=COSTS[app.config["PORTAL_ARGON2_COST"]],
        SECURITY_REGISTER_BLUEPRINT=False,
        SECURITY_CLI_USERS_NAME=False,
        SECURITY_CLI_ROLES_NAME=False,
        SECURITY_USER_IDENTITY_ATTRIBUTES=[{"login": {"mapper": lambda text: text}}],
    )
    # Its own role model is not used: our roles are words in `staff_role`.
    datastore = SQLAlchemyUserDatastore(db, Staff, StaffRole)  # type: ignore[arg-type]
    security = Security(app, datastore, register_blueprint=False)
    # People sign in by the page only: no token in a header, an address or a body (which it would parse) does.
    app.login_manager.request_loader(lambda request: None)  # type: ignore[attr-defined]
    return security
