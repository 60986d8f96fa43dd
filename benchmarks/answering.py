"""How a contestant in the peers' environment answers: one round of work for each line it is sent."""

import json
import sys
import time


def answer(work):
    """Works once per line of standard input, and prints the round as JSON."""
    for _ in sys.stdin:
        began, worked = time.perf_counter(), time.process_time()
        result = work()
        done = {
            "seconds": time.perf_counter() - began,
            "cpu": time.process_time() - worked,
            "result": result,
        }
        print(json.dumps({"round": done}), flush=True)
