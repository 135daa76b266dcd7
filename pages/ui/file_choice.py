"""Choosing what to import: a mapping, shipped or one's own, and the file that it describes."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import streamlit as st

from pages.ui.texts import t
from pages.ui.uploaded import file_name

OWN = ""
File = tuple[str, bytes]  # its name and content


def choose_mapping(
    folder: Path, titles: Mapping[str, str], key: str, upload_key: str, changed: Callable[[], None]
) -> File | None:
    """The mapping; None while none is chosen. `titles` are those of the folder's, by file name; the keys are
    those of the fields, `changed` is called when another one is chosen."""
    labels = {**titles, OWN: t("A mapping of my own")}
    name = st.selectbox(
        t("Mapping"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=key,
        placeholder=t("Choose a mapping"),
        on_change=changed,
        width=420,
    )
    if name is None:
        return None
    if name != OWN:
        return name, (folder / name).read_bytes()
    return _uploaded(t("Mapping file (YAML)"), ["yaml", "yml"], upload_key, changed)


def choose_file(
    folder: Path,
    mapping: File | None,
    label: str,
    endings: Sequence[str],
    key: str,
    changed: Callable[[], None],
) -> File | None:
    """The data file; for a mapping of the folder its file lies there too and can be taken. The fields are
    called `key`-source and `key`-file."""
    if mapping is None:
        return None
    shipped = folder / mapping[0]
    sample = shipped.with_suffix(".csv")
    if sample.exists() and shipped.exists() and shipped.read_bytes() == mapping[1]:
        sources = {"sample": t("The file that comes with it"), "own": t("A file of my own")}
        source = st.segmented_control(
            t("File"),
            list(sources),
            format_func=sources.__getitem__,
            default="sample",
            required=True,
            key=f"{key}-source",
            on_change=changed,
        )
        if source == "sample":
            return sample.name, sample.read_bytes()
    return _uploaded(label, endings, f"{key}-file", changed)


def _uploaded(label: str, endings: Sequence[str], key: str, changed: Callable[[], None]) -> File | None:
    given = st.file_uploader(label, type=list(endings), key=key, on_change=changed)
    return (file_name(given.name), given.getvalue()) if given else None
