#!/usr/bin/env python3
"""What load.py wrote down against what the ledger holds.

    figures.py FOLDER EVENTS [NAME TIME]…

EVENTS: a file, the reason of each event of the ledger in a line. NAME TIME: something that happened then; prints how long it was from
there to the first change after it that was begun in vain or not answered in time, and on to the next acknowledged one, and fails where
that is more than 30 s.
"""
import collections
import os
import sys

MOST = 30.0
folder, events, scenes = sys.argv[1], sys.argv[2], list(zip(sys.argv[3::2], map(float, sys.argv[4::2])))
lines = []
for name in os.listdir(folder):
    if name.isdigit():
        lines += [line.split() for line in open(os.path.join(folder, name))]
outcomes = collections.Counter(line[1] for line in lines)
kept = collections.Counter(line.strip() for line in open(events))
done = sorted(float(line[0]) for line in lines if line[1] == "done")
told = {line[2]: line[1] for line in lines}

wrong = []
lost = [reason for reason, outcome in told.items() if outcome == "done" and not kept[reason]]
ghosts = [reason for reason, outcome in told.items() if outcome == "refused" and kept[reason]]
twice = [reason for reason, n in kept.items() if n > 1]
if lost:
    wrong.append(f"acknowledged and not in the ledger: {lost}")
if ghosts:
    wrong.append(f"refused, and yet in the ledger: {ghosts}")
if twice:
    wrong.append(f"in the ledger twice: {twice}")
unknown = [reason for reason, outcome in told.items() if outcome == "unknown"]
print(f"changes: {outcomes['done']} acknowledged, all of them in the ledger: {'no' if lost else 'yes'}; "
      f"{outcomes['refused']} refused, none of them there: {'no' if ghosts else 'yes'}; "
      f"{len(unknown)} unknown, of which {sum(1 for r in unknown if kept[r])} are there")
for name, at in scenes:
    before = [t for t in done if t <= at]
    after = [t for t in done if t > at]
    if not before or not after:
        wrong.append(f"{name}: nothing was written {'before' if after else 'after'} it")
        continue
    # The longest silence after it, until the next scene.
    end = min([t for _, t in scenes if t > at] + [done[-1]])
    times = [at] + [t for t in after if t <= end]
    gap, begin = max((b - a, a) for a, b in zip(times, times[1:]))
    codes = collections.Counter(line[4] if len(line) > 4 else line[3] for line in lines
                                if line[1] != "done" and at <= float(line[0]) <= begin + gap + 1)
    print(f"{name}: no write for {gap:.1f} s (at most {MOST:.0f}); answers meanwhile: {dict(codes) or 'late, but good'}")
    if gap > MOST:
        wrong.append(f"{name}: {gap:.1f} s without a write")
if len(done) < 100:
    wrong.append(f"only {len(done)} changes: that is no load")
for sentence in wrong:
    print("WRONG:", sentence)
sys.exit(bool(wrong))
