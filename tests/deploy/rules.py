"""deploy/prometheus/rules.yml: its form, and that docs/operations.md has a row for what each alert looks at."""
import re, sys

rules, document = open(sys.argv[1]).read(), open(sys.argv[2]).read()
alerts = re.split(r"(?m)^      - alert: ", rules)[1:]
bad = []
if len(alerts) < 10:
    bad.append("only %d alerts" % len(alerts))
for alert in alerts:
    name, rest = alert.split("\n", 1)
    keys = re.findall(r"(?m)^        (\w+): (.+)$", rest)
    fields = dict(keys)
    if len(fields) != len(keys) or not {"expr", "labels", "annotations"} <= set(fields) <= {"expr", "for", "labels", "annotations"}:
        bad.append("%s: fields %s" % (name, [k for k, _ in keys]))
        continue
    expr = fields["expr"]
    plain = re.sub(r'"[^"]*"', '""', expr)
    if any(plain.count(a) != plain.count(b) for a, b in ("()", "[]", "{}")):
        bad.append(name + ": brackets")
    if not re.search(r"(==|>|<) *-?[0-9.e]+( |$)", plain):
        bad.append(name + ": compares with nothing")
    if fields["labels"] not in ("{severity: page}", "{severity: ticket}"):
        bad.append(name + ": severity")
    for metric in re.findall(r"\b(?:zhenggai|process)_[a-z_]+", plain) + (["up"] if plain.startswith("up{") else []):
        base = re.sub(r"_(bucket|sum|count)$", "", metric)
        if not re.search(r"(?m)^\|.*`%s[`{]" % base, document):
            bad.append("%s: %s stands in no row of the document" % (name, base))
print("\n".join(bad), file=sys.stderr)
sys.exit(bool(bad))
