"""The least that Flask can do, to compare with: a rendered page of a given size, and one durable INSERT.

Both are served by the same gunicorn, on the same kind of database, with the same care for durability.
"""

import os

from flask import Flask, Response, jsonify, render_template_string, request
from sqlalchemy import Column, Integer, MetaData, String, Table, Text, insert

from portal.foundation.database import make_engine, write_queue

PAGE = "<!doctype html><html lang=vi><title>{{ title }}</title><body>{% for line in lines %}<p>{{ line }}{% endfor %}"
LINE = "Chọn việc đã xảy ra. Mỗi mục có ví dụ bằng lời thường, để không ai phải đoán. " * 2

app = Flask(__name__)
metadata = MetaData()
filed = Table(
    "filed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(255), nullable=False, unique=True),
    Column("body", Text, nullable=False),
)
url = os.environ.get("BARE_DATABASE", "")
engine = make_engine(url) if url else None
size = int(os.environ.get("BARE_BYTES", "0"))
lines = [LINE] * (size // len(f"<p>{LINE}".encode()))


@app.get("/healthz")
def healthz() -> str:
    """It is up."""
    return "ok"


@app.get("/page")
def page() -> str:
    """A page of about so many bytes, rendered."""
    return render_template_string(PAGE, title="Phản ánh", lines=lines)


@app.post("/filed")
def file() -> tuple[Response, int]:
    """One row, durable before it is acknowledged."""
    assert engine is not None  # noqa: S101 (served with a database)
    row = {"key": request.headers["Idempotency-Key"], "body": str(request.get_json()["narrative"])}
    with write_queue(engine), engine.connect() as connection:
        connection = connection.execution_options(portal_writes=True)
        with connection.begin():
            connection.execute(insert(filed), row)
    return jsonify(filed=row["key"]), 201
