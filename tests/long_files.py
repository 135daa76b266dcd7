"""Which files of tests take long whatever their number of tests, longest first."""

# Over 20 s each on a machine at rest. A file that is missing here costs nothing but some time at the end.
LONG = (
    "tests/warehouse/test_killed.py",
    "tests/warehouse/rollups/test_rollups.py",
    "tests/browser/test_light_form.py",
    "tests/pages/test_guarded_pages.py",
    "tests/browser/test_form_script.py",
    "tests/pages/web/test_exports.py",
    "tests/warehouse/test_exports.py",
    "tests/pages/test_satisfaction.py",
    "tests/pages/test_dashboard.py",
    "tests/browser/test_questionnaires.py",
    "tests/browser/test_settlement.py",
    "tests/pages/test_settlement.py",
    "tests/pages/test_overview.py",
    "tests/pages/web/test_backup.py",
    "tests/browser/test_beacon.py",
    "tests/browser/test_whole_way.py",
    "tests/browser/test_first_start.py",
    "tests/pages/test_members.py",
    "tests/warehouse/test_example.py",
    "tests/warehouse/test_disclosure.py",
    "tests/warehouse/test_command_line.py",
    "tests/contract/test_round_trip.py",
    "tests/contract/test_together.py",
    "tests/test_readme.py",
)
_PLACES = {file: place for place, file in enumerate(LONG)}


def longest_first(file: str) -> int:
    """A key to sort by: the place of a long file, then all others in the order they are in.

    Args:
        file: its path from the project's folder on, with slashes.
    """
    return _PLACES.get(file, len(LONG))
