"""The web framework's session over the portal's tables. `react` runs before each commit."""

from flask_sqlalchemy import SQLAlchemy

from portal.foundation.database import Base
from portal.reactions import react

INFO = {"react": react, "reads_first": True}

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False, "info": INFO})
