"""The peers: pm4py and Declare4Py checking the same rules and reading the same file, each in the way its manual shows.

Runs in the environment of the peers. What they need before they can begin (a DataFrame, an event log) is not timed.
"""

import sys
from collections import Counter

import pandas as pd
import pm4py
from benchmarks.answering import answer
from benchmarks.log import ACTIVITIES

PM4PY = {
    "confirmed": ("existence", "confirm"),
    "no complaint": ("absence", "complaint"),
    "one decision": ("exactly_one", "decide"),
    "registered first": ("init", "register"),
    "decision before payment": ("precedence", ("decide", "pay")),
    "no complaint with payment": ("noncoexistence", ("pay", "complaint")),
    "notified": ("response", ("decide", "notify")),
    "information follows request": ("chainresponse", ("request_info", "receive_info")),
}
DECLARE4PY = {
    "confirmed": "Existence1[confirm] | |",
    "no complaint": "Absence1[complaint] | |",
    "one decision": "Exactly1[decide] | |",
    "registered first": "Init[register] | |",
    "decision before payment": "Precedence[decide, pay] | | |",
    "notified": "Response[decide, notify] | | |",
    "notified in a minute": "Response[decide, notify] | | |0,60,s",
    "information follows request": "Chain Response[request_info, receive_info] | | |",
}


def frame(files):
    """The log as the DataFrame that pm4py asks for."""
    rows = pd.concat(pd.read_parquet(file, columns=["case_no", "us", "activity"]) for file in files)
    made = pd.DataFrame(
        {
            "case:concept:name": rows["case_no"].astype(str),
            "concept:name": rows["activity"].map(dict(enumerate(ACTIVITIES))),
            "time:timestamp": pd.to_datetime(rows["us"], unit="us", utc=True),
        }
    )
    return pm4py.format_dataframe(made)


def pm4py_declare(log):
    """How many cases deviate from each rule, by pm4py."""
    templates = {}
    for template, over in PM4PY.values():
        templates.setdefault(template, {})[over] = {"support": 1, "confidence": 1}
    seen = Counter()
    for case in pm4py.conformance_declare(log, templates):
        seen.update({(template, over) for template, over in case["deviations"]})
    return {name: seen[rule] for name, rule in PM4PY.items()}


def declare4py(log, model):
    """How many cases violate each rule, by Declare4Py."""
    from Declare4Py.ProcessMiningTasks.ConformanceChecking.MPDeclareAnalyzer import MPDeclareAnalyzer

    checked = MPDeclareAnalyzer(log=log, declare_model=model, consider_vacuity=True).run()
    seen = [0] * len(DECLARE4PY)
    for case in checked.model_check_res:
        for number, one in enumerate(case):
            seen[number] += one.state.value == "Violated"
    return dict(zip(DECLARE4PY, seen))  # noqa: B905  one for each


def main(what, *files):
    if what == "pm4py":
        log = frame(files)
        answer(lambda: pm4py_declare(log))
    elif what == "declare4py":
        from Declare4Py.D4PyEventLog import D4PyEventLog
        from Declare4Py.ProcessModels.DeclareModel import DeclareModel

        events = pm4py.convert_to_event_log(frame(files))
        events._properties["pm4py:param:timestamp_key"] = "time:timestamp"  # noqa: SLF001  as its own reader does
        events._properties["pm4py:param:activity_key"] = "concept:name"  # noqa: SLF001  as its own reader does
        log = D4PyEventLog(log=events)
        text = [f"activity {name}" for name in ACTIVITIES] + list(DECLARE4PY.values())
        model = DeclareModel().parse_from_string("\n".join(text))
        answer(lambda: declare4py(log, model))
    elif what == "xes":
        answer(lambda: len(pm4py.read_xes(files[0], variant="iterparse")))


if __name__ == "__main__":
    main(*sys.argv[1:])
