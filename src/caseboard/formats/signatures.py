"""What a file that is no text announces itself as, by its first bytes."""

from __future__ import annotations

__all__ = ["what_it_is"]

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS or MSG)"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (b"PAR1", "a Parquet table"),
    (b"BAM\x01", "a BAM file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)

_ZIP_MEMBERS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "an Excel workbook (XLSX)"),
    (b"ppt/", "a PowerPoint presentation (PPTX)"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"mimetypeapplication/epub", "an EPUB book"),
)

_DICOM_OFFSET = 128
_ZIP_SCAN = 65_536


def what_it_is(data: bytes) -> str | None:
    """Return what these bytes are ("a PDF"), or None where they announce nothing that is known."""
    if data[_DICOM_OFFSET : _DICOM_OFFSET + 4] == b"DICM":
        return "a DICOM image"
    for start, name in _SIGNATURES:
        if data.startswith(start) and not (start == b"MZ" and b"\x00" not in data[:1024]):
            return _inside_zip(data) if name == "a ZIP archive" else name
    return None


def _inside_zip(data: bytes) -> str:
    head = data[:_ZIP_SCAN]
    return next((name for member, name in _ZIP_MEMBERS if member in head), "a ZIP archive")
