"""Makes the next version of a contract's text: what it supersedes, and from when."""

from contract import read_contract


def supplement(source: str, first_day: str, *changes: tuple[str, str]) -> str:
    """The text as its own next version, in force from `first_day`, with each first text replaced."""
    before = read_contract(source, "contract.yaml")
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new, 1)
    lines = (
        f"  version: {before.version + 1}",
        f"  inForceFrom: {first_day}",
        f"  supersedes: {{version: {before.version}, sha256: {before.sha256}}}",
    )
    kept = [line for line in source.split("\n") if not line.startswith(("  inForceFrom:", "  supersedes:"))]
    return "\n".join(kept).replace(f"  version: {before.version}", "\n".join(lines), 1)
