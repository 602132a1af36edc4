"""Statements of one request out of a log of PostgreSQL, as scripts of pgbench.
    statements.py LOG ALL LIST      ALL: all of them, transactions included; LIST: the one that took longest, alone
"""
import re
import sys

log, everything, alone = sys.argv[1:]
statements, bound = [], None
for line in open(log, encoding='utf-8'):
    said = re.search(r'duration: ([\d.]+) ms  (?:execute \S+|statement): (.*)', line)
    if said:
        statements.append([float(said[1]), said[2].strip(), {}])
        continue
    if re.search(r'duration: [\d.]+ ms  (?:parse|bind)', line):
        bound = None
        continue
    values = re.search(r'DETAIL:  parameters: (.*)', line)
    if values and statements:
        statements[-1][2] = {int(n): v for n, v in re.findall(r"\$(\d+) = ('(?:[^']|'')*'|NULL)", values[1])}


def filled(sql, values):
    return re.sub(r'\$(\d+)', lambda m: values.get(int(m[1]), m[0]), sql)


kept = [s for s in statements if 'pg_reload_conf' not in s[1] and not s[1].startswith('ALTER SYSTEM')]
with open(everything, 'w') as out:
    for _, sql, values in kept:
        out.write(filled(sql, values).replace('\n', ' ') + ';\n')
asked = [s for s in kept if s[1].upper().startswith(('SELECT', 'WITH'))]
longest = max(asked, key=lambda s: s[0])
with open(alone, 'w') as out:
    out.write(filled(longest[1], longest[2]).replace('\n', ' ') + ';\n')
