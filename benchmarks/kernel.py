"""The machine's limit: the 21 rules as one compiled pass written for them alone, streaming the same Parquet.

Runs in the environment of the peers (numba, pyarrow). It means what docs/concepts/rules.md says with every case closed at
the end of the file, and nothing else: a rule added is a rule written, compiled and checked again.
"""

import sys

import numpy as np
import pyarrow.parquet as pq
from benchmarks.answering import answer
from benchmarks.log import ACTIVITIES
from numba import njit, prange, set_num_threads

(
    ANSWER,
    ASSESS,
    CALL,
    CLOSE,
    COMPLAINT,
    CONFIRM,
    DECIDE,
    DESK,
    EMAIL,
    NOTIFY,
    PAY,
    RECEIVE,
    REGISTER,
    REQUEST,
) = range(len(ACTIVITIES))
SECOND = 1_000_000
DAY = 86_400 * SECOND
RULES = 21
COLUMNS = ("case_no", "us", "activity", "a_channel", "a_amount")
SLICES = 64


@njit(cache=True, nogil=True, parallel=True)
def judge(starts, us, activity, channel, cents):
    """Counts per rule the cases that are fulfilled, violated and not activated."""
    cases = len(starts) - 1
    counted = np.zeros((SLICES, RULES, 3), np.int64)
    for part in prange(SLICES):
        mine = np.zeros((RULES, 3), np.int64)
        n = np.zeros(len(ACTIVITIES), np.int64)
        first = np.zeros(len(ACTIVITIES), np.int64)
        for case in range(cases * part // SLICES, cases * (part + 1) // SLICES):
            n[:] = 0
            begin, end = starts[case], starts[case + 1]
            total = 0
            channels = 0
            switches = 0
            twice = 0
            unanswered = 0
            silence = 0
            complained, answered = -1, -1
            decided, late = -1, 0
            paid_after = 0
            paid_undecided = 0
            for i in range(begin, end):
                a, t = activity[i], us[i]
                if n[a] == 0:
                    first[a] = t
                n[a] += 1
                total += cents[i]
                channels |= 1 << channel[i]
                if i > begin:
                    before = activity[i - 1]
                    switches += channel[i] != channel[i - 1]
                    twice += a == ASSESS and before == ASSESS
                    unanswered += before == REQUEST and a != RECEIVE
                    silence = max(silence, t - us[i - 1])
                if a == COMPLAINT:
                    if complained < 0:
                        complained = t
                elif a == ANSWER:
                    if complained >= 0 and answered < 0:
                        answered = t
                elif a == NOTIFY:
                    if decided >= 0:
                        late += t - decided > 60 * SECOND
                        decided = -1
                elif a == DECIDE:
                    if decided < 0:
                        decided = t
                elif a == PAY:
                    paid_after += n[CLOSE] > 0
                    paid_undecided += n[DECIDE] == 0
            late += decided >= 0
            unanswered += activity[end - 1] == REQUEST
            begun = us[begin]
            distinct = 0
            for one in range(5):
                distinct += (channels >> one) & 1
            # 0 fulfilled, 1 violated, 2 not activated
            mine[0, 0 if n[DECIDE] > 0 and first[DECIDE] - begun <= 10 * DAY else 1] += 1
            mine[1, 0 if n[CONFIRM] > 0 and first[CONFIRM] - begun <= 60 * SECOND else 1] += 1
            mine[2, 0 if us[end - 1] - begun <= 30 * DAY else 1] += 1
            mine[
                3, 2 if complained < 0 else 0 if answered >= 0 and answered - complained <= 5 * DAY else 1
            ] += 1
            mine[4, 0 if n[CALL] + n[EMAIL] + n[DESK] <= 3 else 1] += 1
            mine[5, 0 if n[COMPLAINT] == 0 else 1] += 1
            mine[6, 0 if n[DECIDE] == 1 else 1] += 1
            mine[7, 0 if n[CONFIRM] > 0 else 1] += 1
            mine[8, 0 if n[ASSESS] <= 2 else 1] += 1
            mine[9, 2 if n[CLOSE] == 0 else 0 if paid_after == 0 else 1] += 1
            mine[10, 2 if n[PAY] == 0 else 0 if paid_undecided == 0 else 1] += 1
            mine[11, 2 if n[PAY] + n[COMPLAINT] == 0 else 0 if n[PAY] == 0 or n[COMPLAINT] == 0 else 1] += 1
            mine[12, 0 if activity[begin] == REGISTER else 1] += 1
            mine[13, 0 if activity[end - 1] == CLOSE else 1] += 1
            mine[14, 0 if total <= 50_000 else 1] += 1
            mine[15, 0 if distinct <= 3 else 1] += 1
            mine[16, 2 if n[ASSESS] == 0 else 0 if twice == 0 else 1] += 1
            mine[17, 0 if switches <= 4 else 1] += 1
            mine[18, 0 if silence <= 7 * DAY else 1] += 1
            mine[19, 2 if n[DECIDE] == 0 else 0 if late == 0 else 1] += 1
            mine[20, 2 if n[REQUEST] == 0 else 0 if unanswered == 0 else 1] += 1
        counted[part] = mine
    return counted.sum(0)


def stream(files):
    """The counts over Parquet files in the order of case_no, a row group at a time; a case may span groups."""
    counted = np.zeros((RULES, 3), np.int64)
    edges = []  # the events of the first and last case of each group, judged together at the end
    for file in files:
        source = pq.ParquetFile(file)
        for group in range(source.num_row_groups):
            table = source.read_row_group(group, columns=list(COLUMNS), use_threads=True)
            columns = [table[name].to_numpy() for name in COLUMNS]
            starts = np.flatnonzero(np.diff(columns[0])) + 1
            counted += judge(starts, *columns[1:])
            # copies, or a few events would keep the whole group in memory
            edges.append([column[: starts[0]].copy() for column in columns])
            edges.append([column[starts[-1] :].copy() for column in columns])
    columns = [np.concatenate(parts) for parts in zip(*edges)]  # noqa: B905  the same columns
    starts = np.concatenate([[0], np.flatnonzero(np.diff(columns[0])) + 1, [len(columns[0])]])
    return counted + judge(starts, *columns[1:])


if __name__ == "__main__":
    set_num_threads(2)
    answer(lambda: stream(sys.argv[1:]).tolist())
