"""Do the figures on many random members agree with a slow plain reckoning, one member at a time?

`python -m tests.benchmarks.members [MEMBERS] [SEED]`."""

import sys
import tempfile
import time
from pathlib import Path

from tests.warehouse.membership.agreeing import compare

if __name__ == "__main__":
    count, seed = (int(each) for each in (*sys.argv[1:], *("10000", "1")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        compare(Path(folder), seed, count)
        print(f"{count:,} members, seed {seed}: every figure agrees ({time.perf_counter() - began:.0f} s)")
