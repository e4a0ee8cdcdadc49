"""The schema's version, as the migrations number it."""

from salestui.model.values.errors import DatabaseProblem

REVISIONS = ("0001", "0002")
"""Every revision this program knows, oldest first; the last is the one it works with."""

HEAD = REVISIONS[-1]


def refuse_unless_current(found: str | None, database: object) -> None:
    """Refuse a database whose schema is missing, older or newer than this program's; its name as text is its place."""
    if found == HEAD:
        return
    place = str(database)
    if found is None:
        raise DatabaseProblem(
            "This database holds nothing of salestui yet.", where=place, remedy="Prepare it with: salestui db init"
        )
    if found in REVISIONS:
        raise DatabaseProblem(
            f"This database is of an older version ({found}, wanted {HEAD}).",
            where=place,
            remedy="Bring it up to date (a backup is made first) with: salestui db upgrade",
        )
    raise DatabaseProblem(
        f"This database is newer than this program (schema {found}, known up to {HEAD}).",
        where=place,
        remedy="Install a newer salestui.",
    )
