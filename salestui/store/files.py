"""Files that are written whole or not at all, readable by their owner alone."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from salestui.model.values.errors import DataProblem


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A new file beside `target`, to be written; when all went well it is on the disk and takes the target's name."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _unwritable(target, error) from error
    os.close(descriptor)
    part = Path(name)
    try:
        yield part
        try:
            _settle(part, target)
        except OSError as error:
            raise _unwritable(target, error) from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _settle(part: Path, target: Path) -> None:
    _onto_the_disk(part)
    part.replace(target)
    _onto_the_disk(target.parent)


def _onto_the_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(target: Path, error: OSError) -> DataProblem:
    return DataProblem(
        f"The file cannot be written: {error.strerror}.", where=str(target), remedy="Name another place for it."
    )
