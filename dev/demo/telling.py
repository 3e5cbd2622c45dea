"""Tells the story: runs steps in order, prints what they show, writes what held."""
import json
import pathlib
import sys
import time

BOLD, RED, GREEN, PLAIN = ("\033[1m", "\033[31m", "\033[32m", "\033[0m") if sys.stdout.isatty() else ("",) * 4


class Failed(Exception):
    """What was promised does not hold."""


def expect(condition, message):
    if not condition:
        raise Failed(message)


def until(seconds, question, what):
    """Asks again until the answer is true, or the time is over; returns the answer."""
    deadline = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Failed(f"not within {seconds} s: {what}")
        time.sleep(0.5)


def show(text, limit=40):
    lines = text.rstrip().splitlines()
    for line in lines[:limit]:
        print("   │", line[:200])
    if len(lines) > limit:
        print(f"   │ … {len(lines) - limit} more lines")


def tell(steps, target):
    """Runs all steps; the first that does not hold ends the story. Returns whether all held."""
    results, began = [], time.monotonic()
    for number, (name, step) in enumerate(steps, 1):
        print(f"{BOLD}{number:2}. {name}{PLAIN}", flush=True)
        start, failure = time.monotonic(), None
        try:
            step()
        except Exception as e:  # whatever it was, the story does not hold
            failure = f"{type(e).__name__}: {e}" if not isinstance(e, Failed) else str(e)
        seconds = round(time.monotonic() - start, 1)
        result = {"name": name, "ok": failure is None, "seconds": seconds}
        if failure:
            result["failure"] = failure
            print(f"   {RED}✗ {failure}{PLAIN}")
        results.append(result)
        print(f"   {GREEN if not failure else RED}{'✓' if not failure else '✗'} {seconds} s{PLAIN}", flush=True)
        write(target, results)
        if failure:
            break
    print(f"{len(results)} of {len(steps)} steps in {time.monotonic() - began:.0f} s: {target}")
    return len(results) == len(steps) and all(r["ok"] for r in results)


def write(target, results):
    path = pathlib.Path(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=2) + "\n")
