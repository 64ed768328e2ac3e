"""Hostile requests, limits off: bodies that no form makes, and paths, headers and cookies that nobody means.

They have no field that could tell; what counts is that nothing breaks, nothing gets through, and the draft stays.
"""

import gzip
from collections.abc import Iterator

from tests.web.hostility import ANSWERS, Filer, check_safe
from tests.web.installing import Portal
from tests.web.naughty import COOKIES, HEADERS, NO_OBJECTS, PATHS
from tests.web.program import KEY, REPORTS, TRACK
from tests.web.worlds import HOST

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"


def in_parts(form: dict[str, bytes], part: str = "") -> bytes:
    """A multipart body."""
    lines = [
        b'--b\r\nContent-Disposition: form-data; name="' + name.encode() + b'"' + part.encode() + b"\r\n\r\n" + value
        for name, value in form.items()
    ]
    return b"\r\n".join([*lines, b"--b--\r\n"])


def bodies(filer: Filer) -> Iterator[tuple[str, bytes, str]]:
    """Bodies that no form makes: what, body, content type."""
    form = {"csrf_token": filer.token, "draft": filer.handle, "narrative": "Việc."}
    plain = "&".join(f"{name}={value}" for name, value in form.items()).encode()
    raw = {name: value.encode() for name, value in form.items()}
    many = "&".join(f"f{number}=1" for number in range(20_000)).encode()
    yield "10 MB in one field", plain + b"a" * 10_000_000, FORM
    yield "10 MB in parts", in_parts({**raw, "narrative": b"a" * 10_000_000}), PARTS
    yield "10 MB of JSON", b'{"a": "' + b"a" * 10_000_000 + b'"}', "application/json"
    yield "10 MB of nothing", b"\0" * 10_000_000, "application/octet-stream"
    yield "20,000 fields", plain + b"&" + many, FORM
    yield "60,000 fields without a name", plain + b"&" * 60_000, FORM
    yield "one field 20,000 times", plain + b"&draft=x" * 20_000, FORM
    yield (
        "2,000 parts",
        in_parts({**raw, **{f"f{number}": b"" for number in range(2_000)}}),
        PARTS,
    )
    yield "raw bytes", plain + "Việc".encode("utf-16") + b"\xff\xfe\x80", FORM
    yield (
        "raw bytes in parts",
        in_parts({**raw, "narrative": b"\xff\xfe\x80\xed\xa0\x80"}),
        PARTS,
    )
    yield "a file", in_parts(raw, '; filename="../../x\\0.php"'), PARTS
    yield (
        "another charset in a part",
        in_parts(raw, "\r\nContent-Type: text/plain; charset=utf-16"),
        PARTS,
    )
    yield (
        "no such charset",
        in_parts(raw, "\r\nContent-Type: text/plain; charset=klingon"),
        PARTS,
    )
    yield "parts cut short", in_parts(raw)[:-40], PARTS
    yield "no boundary", in_parts(raw), "multipart/form-data"
    yield "another boundary", in_parts(raw), "multipart/form-data; boundary=c"
    yield "a boundary of 5,000", in_parts(raw), f"multipart/form-data; boundary={'b' * 5_000}"
    yield "parts in parts", in_parts({**raw, "x": in_parts(raw)}), PARTS
    yield "gzip", gzip.compress(plain), FORM
    for content_type in (
        *(
            "",
            "x",
            "/",
            "text/plain",
            "application/xml",
            "application/json",
            "multipart/mixed; boundary=b",
            f"{FORM}; charset=utf-7",
        ),
        *(
            f"{FORM}; charset=klingon",
            f"{FORM};;;===",
            "a/b" * 1_000,
            "application/json; charset=\x00".replace("\x00", "nul"),
        ),
    ):
        yield f"content type {content_type[:40]!r}", plain, content_type


def test_bodies_that_no_form_makes(filer: Filer) -> None:
    for address in (*ANSWERS, "/report/check", "/track", "/track/facts", "/staff/sign-in", REPORTS, TRACK):
        for what, body, content_type in bodies(filer):
            answer = filer.client.post(
                address, base_url=HOST, data=body, content_type=content_type, headers={"Idempotency-Key": KEY}
            )
            check_safe(answer, f"{address}: {what}")
            if what.startswith("10 MB"):
                assert answer.status_code in (413, 415), f"{address}: {what}"
            filer.check_draft(f"{address}: {what}", ("narrative",))


def test_paths_headers_and_cookies(filer: Filer, hostile_portal: Portal) -> None:
    where = (
        "/report",
        f"/report/happened?draft={filer.handle}",
        "/track",
        "/staff/queue",
        "/static/portal.css",
        "/api/v1/categories",
    )
    for path in PATHS:
        answer = filer.client.get(path, base_url=HOST)
        check_safe(answer, path)
        answer.close()
    for headers in HEADERS:
        for address in where:
            answer = filer.client.get(address, base_url=HOST, headers=headers)
            check_safe(answer, f"{address} with {str(headers)[:100]}")
            answer.close()
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "HOSTILE", "get"):
        for address in where:
            answer = filer.client.open(address, base_url=HOST, method=method)
            check_safe(answer, f"{method} {address}")
            answer.close()
    for name in ("__Host-draft", "__Host-session", "__Host-track", "__Host-lang", "remember_token"):
        for value in COOKIES:
            stranger = hostile_portal.app.test_client(use_cookies=False)
            for address in where[:4]:
                check_safe(
                    stranger.get(address, base_url=HOST, headers={"Cookie": f"{name}={value}"}), f"{name}={value[:40]}"
                )
    filer.check_draft("paths, headers and cookies")


def test_api_bodies(hostile_portal: Portal) -> None:
    client = hostile_portal.app.test_client(use_cookies=False)
    for body in NO_OBJECTS:
        for address in (REPORTS, TRACK):
            answer = client.post(
                address,
                base_url=HOST,
                data=body,
                content_type="application/json",
                headers={"Idempotency-Key": KEY + "-body"},
            )
            check_safe(answer, f"{address} {body[:60]!r}")
            assert answer.status_code in (201, 400, 404, 422)
            assert answer.mimetype == ("application/json" if answer.status_code == 201 else "application/problem+json")
