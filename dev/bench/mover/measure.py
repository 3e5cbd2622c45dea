"""Runs a command and writes what it took: measure.py OUT.json COMMAND...

Seconds, processor seconds of the command and of all its children, and the largest resident size of
any of them in MiB. Ends as the command does.
"""

import json
import os
import sys
import time

began = time.monotonic()
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(pid, 0)
figures = {
    "seconds": round(time.monotonic() - began, 2),
    "cpu": round(used.ru_utime + used.ru_stime, 2),
    "mb": round(used.ru_maxrss / 1024, 1),
}
with open(sys.argv[1], "w") as out:
    json.dump(figures, out)
sys.exit(os.waitstatus_to_exitcode(status))
