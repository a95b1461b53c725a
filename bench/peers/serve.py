"""What the peer programs share: they stay alive and do a case once when told to, one line of JSON in, one line out.

    {"open": {...}}  -> {"settings": ["1 thread", ...]}   a case; it then runs in the first of its settings
    {"use": 2}       -> {}                                another setting
    {"check": {}}    -> {"values": [...]}                 what it computes, to be held against ours
    {"run": 3}       -> {"ms": [...]}                     three times, each timed here

Every answer has `cpuMs`, the processor time of this program so far; what goes wrong is answered as {"error": "..."}.
"""

import json
import sys
import time
import traceback


def begin(name, load):
    """Says who we are, or what is missing. `load` imports the library and answers (library, its version in words)."""
    try:
        library, version = load()
    except ImportError as error:
        say({"missing": str(error)})
        sys.exit(0)
    say({"name": name, "version": version})
    return library


def serve(open_case):
    """open_case(description) -> an object with settings [(words, value)], use(value), check() and run()."""
    case = None
    for line in sys.stdin:
        try:
            ((verb, value),) = json.loads(line).items()
            answer = {}
            if verb == "open":
                case = None  # The memory of the one before, first.
                case = open_case(value)
                case.use(case.settings[0][1])
                answer["settings"] = [words for words, _ in case.settings]
            elif verb == "use":
                case.use(case.settings[value][1])
            elif verb == "check":
                answer["values"] = case.check()
            elif verb == "run":
                answer["ms"] = [timed(case.run) for _ in range(value)]
            else:
                raise ValueError(f"{verb} is not known")
        except Exception:
            answer = {"error": traceback.format_exc(limit=-3)}
        say({**answer, "cpuMs": 1000 * time.process_time()})


def timed(work):
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def say(answer):
    print(json.dumps(answer), flush=True)
