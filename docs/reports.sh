#!/usr/bin/env bash
# The example of docs/reports.md: an office words the report its own way. Needs the program, curl and python3.
#   docs/reports.sh [build/zhenggai]     ZG_PORT: where the server listens meanwhile (default 18221)
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
zg="${1:-$root/build/zhenggai}"
port="${ZG_PORT:-18221}"
work="$(mktemp -d)"
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
fail() { echo "docs/reports.sh: $1" >&2; cat "$work"/*.log "$work/answer" >&2 2>/dev/null || true; exit 1; }

# A ledger with one list, a user, the server.
"$zg" import --data "$work/data" "$root/examples/01-province-tasklist/tasklist.txt" >"$work/import.log" 2>&1 || fail "no import"
echo seven-old-poplars | "$zg" user add clerk --alone --password-stdin --data "$work/data" >"$work/user.log" 2>&1 || fail "no user"
"$zg" serve --data "$work/data" --port "$port" >"$work/serve.log" 2>&1 &
server=$!
for _ in $(seq 100); do curl -s -o /dev/null "http://127.0.0.1:$port/api/health" && break; sleep 0.1; done
curl -sS -D "$work/head" -o "$work/answer" -H 'Content-Type: application/json' \
  -d '{"login":"clerk","password":"seven-old-poplars"}' "http://127.0.0.1:$port/api/sign-in"
cookie=$(sed -n 's/^Set-Cookie: \(zg_session=[^;]*\).*/\1/p' "$work/head" | tr -d '\r')
csrf=$(sed -n 's/.*"csrf":"\([0-9a-f]*\)".*/\1/p' "$work/answer")
[ -n "$cookie" ] || fail "not signed in"
url="http://127.0.0.1:$port/api/papers"
call() { curl -sS -o "$1" -w '%{http_code}' -b "$cookie" -H "X-CSRF-Token: $csrf" "${@:2}"; }

# The words built in, as a Word document.
[ "$(call "$work/template.docx" "$url/template.docx?kind=report")" = 200 ] || fail "no template"

# What a person does in Word or WPS: 总体情况 gets another name, and a sentence with a field.
change() { # from to words
  python3 - "$1" "$2" "$3" <<'PY'
import sys, zipfile
source, target, words = zipfile.ZipFile(sys.argv[1]), zipfile.ZipFile(sys.argv[2], 'w'), sys.argv[3]
for name in source.namelist():
    data = source.read(name)
    if name == 'word/document.xml':
        text = data.decode()
        assert '总体情况' in text
        data = text.replace('总体情况', words, 1).encode()
    target.writestr(name, data)
target.close()
PY
}
change "$work/template.docx" "$work/own.docx" '基本情况（共{{任务数}}项）'
change "$work/template.docx" "$work/wrong.docx" '基本情况（完成{{完成站比}}）'

put() { call "$work/answer" -H 'Content-Type: application/octet-stream' --data-binary "@$1" "$url/template?kind=report&name=report.docx"; }
[ "$(put "$work/wrong.docx")" = 400 ] || fail "a wrong template was taken"
grep -q '是否想写“完成占比”' "$work/answer" || fail "the field that is wrong was not named"
[ "$(put "$work/own.docx")" = 200 ] || fail "the template was refused"

# Handed out in the office's own words.
asked='{"kind":"report","document":1,"issuer":"江岚省整改办"'
[ "$(call "$work/report.docx" -H 'Content-Type: application/json' -d "$asked,\"format\":\"docx\"}" "$url/file")" = 200 ] || fail "no report"
python3 - "$work/report.docx" <<'PY' || fail "the report does not say what the template says"
import re, sys, zipfile
text = re.sub('<[^>]+>', '', zipfile.ZipFile(sys.argv[1]).read('word/document.xml').decode())
said = re.search('基本情况（共([0-9]+)项）', text)
assert said and '{{' not in text, text[:400]
assert said[1] + '项整改任务已完成' in text, text[:400]
print('报告写着：' + said[0])
PY
