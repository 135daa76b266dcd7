"""Small foreign files and mappings for the tests of the import."""

from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[3] / "warehouse" / "samples"

# A file of the built-in questionnaire: ids, a day, a score from 0 to 10 and a satisfaction from 1 to 5.
CLUB = """
apiVersion: pactboard/v1
kind: ImportMapping
survey:
  slug: club
  title: {en: Club, zh: 俱乐部}
questionnaire: customer-satisfaction
row_id: "{id}"
submitted_at:
  text: "{day}"
  formats: ["%Y-%m-%d"]
  zone: Asia/Shanghai
language: {constant: zh}
answers:
  overall: csat
  recommend: nps
"""
CLUB_ROWS = "id,day,csat,nps\n1,2026-01-05,5,10\n2,2026-01-06,4,0\n3,2026-01-07,,7\n"


def write(folder: Path, rows: str | bytes, mapping: str = CLUB) -> tuple[Path, Path]:
    """The file and its mapping, written into the folder."""
    file, mapping_file = folder / "club.csv", folder / "club.yaml"
    file.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    mapping_file.write_text(mapping, encoding="utf-8")
    return file, mapping_file
