"""Statements of one request out of a log of PostgreSQL, as scripts of pgbench.
    statements.py LOG ALL LIST      ALL: all of them, transactions included; LIST: the one that took longest, alone
Those of the transaction that looked up the session: others belong to what the server does by itself.
"""
import re
import sys

log, everything, alone = sys.argv[1:]


def process(line):
    return re.search(r'\[(\d+)\]', line)[1]


statements, told = [], None  # the one that a DETAIL is of
for line in open(log, encoding='utf-8'):
    said = re.search(r'duration: ([\d.]+) ms  (?:execute \S+|statement): (.*)', line)
    if said:
        told = [float(said[1]), said[2].strip(), {}, process(line)]
        statements.append(told)
        continue
    if re.search(r'duration: [\d.]+ ms  (?:parse|bind)', line):
        told = None
        continue
    values = re.search(r'DETAIL:  parameters: (.*)', line)
    if values and told and told[3] == process(line):
        told[2] = {int(n): v for n, v in re.findall(r"\$(\d+) = ('(?:[^']|'')*'|NULL)", values[1])}


def filled(sql, values):
    return re.sub(r'\$(\d+)', lambda m: values.get(int(m[1]), m[0]), sql)


# The transaction that looked up the session, from its BEGIN to its COMMIT.
asker = [s[3] for s in statements if 'FROM sessions s' in s[1]][-1]
of_asker = [s for s in statements if s[3] == asker]
at = max(i for i, s in enumerate(of_asker) if 'FROM sessions s' in s[1])
first = max(i for i in range(at + 1) if of_asker[i][1].startswith('BEGIN'))
last = min(i for i in range(at, len(of_asker)) if of_asker[i][1].startswith('COMMIT'))
kept = of_asker[first:last + 1]
with open(everything, 'w') as out:
    for _, sql, values, _ in kept:
        out.write(filled(sql, values).replace('\n', ' ') + ';\n')
asked = [s for s in kept if s[1].upper().startswith(('SELECT', 'WITH'))]
longest = max(asked, key=lambda s: s[0])
with open(alone, 'w') as out:
    out.write(filled(longest[1], longest[2]).replace('\n', ' ') + ';\n')
