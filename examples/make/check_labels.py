#!/usr/bin/env python3
"""Checks every examples/NN-*/expected.json: it parses, has the right shape, and every text in it stands in its document.

    python3 check_labels.py [NN ...]

White space, page numbers and running heads are left out of the comparison. PDF needs pdftotext, .doc and .rtf need
soffice. Exit status 0 when every case is in order.
"""
import datetime, glob, json, os, re, subprocess, sys, tempfile, unicodedata, zipfile
import xml.etree.ElementTree as ET

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DOCS = ('.txt', '.docx', '.xlsx', '.pdf', '.doc', '.odt', '.rtf', '.md')
PAGE_NUMBER = re.compile(r'^\s*(?:[-–—－·]\s*\d+\s*[-–—－·]|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+|\d{1,3})\s*$')


def decode(data):
    if data[:2] == b'\xff\xfe': return data[2:].decode('utf-16-le')
    if data[:3] == b'\xef\xbb\xbf': return data[3:].decode('utf-8')
    try: return data.decode('utf-8')
    except UnicodeDecodeError: return data.decode('gb18030')


def xml_text(data, para, text):
    """Text of an XML part, a line a paragraph; para, text: local names"""
    out = []
    def walk(e):
        name = e.tag.rsplit('}', 1)[-1]
        if name == 'Fallback': return
        if name == text or (text == '*' and e.text):
            out.append(e.text or '')
        for c in e:
            walk(c)
            if text == '*' and c.tail: out.append(c.tail)
        if name in para: out.append('\n')
    walk(ET.fromstring(data))
    return ''.join(out)


def office_text(path):
    with tempfile.TemporaryDirectory() as t:
        subprocess.run(['soffice', '-env:UserInstallation=file://' + t + '/p', '--headless', '--convert-to', 'txt:Text (encoded):UTF8',
                        '--outdir', t, path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return open(glob.glob(t + '/*.txt')[0], encoding='utf-8-sig').read()


def xlsx_text(path):
    z, out = zipfile.ZipFile(path), []
    shared = []
    if 'xl/sharedStrings.xml' in z.namelist():
        for si in ET.fromstring(z.read('xl/sharedStrings.xml')):
            shared.append(''.join(e.text or '' for e in si.iter() if e.tag.endswith('}t')))
    for e in ET.fromstring(z.read('xl/workbook.xml')).iter():
        if e.tag.endswith('}sheet'): out.append(e.get('name'))
    for n in sorted(x for x in z.namelist() if x.startswith('xl/worksheets/sheet')):
        for c in ET.fromstring(z.read(n)).iter():
            if not c.tag.endswith('}c'): continue
            v = ''.join(e.text or '' for e in c.iter() if e.tag.endswith('}v') or e.tag.endswith('}t'))
            if c.get('t') == 's': v = shared[int(v)]
            elif c.get('s') == '1':
                d = datetime.date(1899, 12, 30) + datetime.timedelta(int(v)); v = '%d年%d月%d日' % (d.year, d.month, d.day)
            out.append(v)
    return '\n'.join(out)


def document_text(path):
    ext = os.path.splitext(path)[1]
    if ext == '.txt': return decode(open(path, 'rb').read())
    if ext == '.docx': return xml_text(zipfile.ZipFile(path).read('word/document.xml'), ('p',), 't')
    if ext == '.odt': return xml_text(zipfile.ZipFile(path).read('content.xml'), ('p', 'h'), '*')
    if ext == '.xlsx': return xlsx_text(path)
    if ext == '.pdf': return subprocess.run(['pdftotext', '-raw', path, '-'], check=True, capture_output=True).stdout.decode('utf-8')
    return office_text(path)


def squeeze(s): return re.sub(r'\s+', '', unicodedata.normalize('NFKC', s))


def body(text, heads):
    lines = [l for l in re.split(r'[\n\r\f]', text) if not PAGE_NUMBER.match(l) and squeeze(l) not in heads]
    return squeeze('\n'.join(lines))


UNIT_TAILS = {'党委': ('党委', '市委', '县委', '区委', '州委', '地委'), '政府': ('政府', '行署')}


def unit_ok(unit, text):
    """The unit stands in the document, whole or shared out: its own end after some common beginning."""
    if squeeze(unit) in text: return True
    for tail, forms in UNIT_TAILS.items():
        if unit.endswith(tail):
            head = squeeze(unit[:-2]).removesuffix('地区')
            return head in text and any(f in text for f in forms)
    u = squeeze(unit)
    return any(u[i:] in text for i in range(1, len(u) - 2))


ISO = re.compile(r'^\d{4}-\d\d-\d\d$')


def check(folder):
    bad, name = [], os.path.basename(folder)
    docs = [f for f in sorted(glob.glob(folder + '/*')) if f.endswith(DOCS) and not f.endswith('.md')]
    if len(docs) != 1: return ['%s: %d documents' % (name, len(docs))]
    if not os.path.exists(folder + '/why.md'): bad.append('no why.md')
    e = json.load(open(folder + '/expected.json', encoding='utf-8'))
    heads = {squeeze(h) for h in e.get('running_heads', [])}
    text = body(document_text(docs[0]), heads)
    def split(s):             # a row of a PDF's table can go on over the page: then its cells are in two pieces
        return docs[0].endswith('.pdf') and any(s[:i] in text and s[i:] in text for i in range(1, len(s)))
    def there(what, s):
        if s is not None and squeeze(s) not in text and not split(squeeze(s)): bad.append('%s not in the document: %s' % (what, s[:60]))
    def date(what, s):
        if s is None: return
        try: assert ISO.match(s); datetime.date.fromisoformat(s)
        except Exception: bad.append('%s: bad date %r' % (what, s))
    there('title', e['title'])
    if e['kind'] not in ('task_list', 'progress_report', 'report'): bad.append('kind')
    if e.get('partial') is not False: bad.append('partial')
    for u in e.get('issuer', []): there('issuer', u)
    date('date', e.get('date'))
    seen = set()
    for t in e['tasks']:
        p = t['path']
        if p in seen: bad.append('path twice: ' + p)
        seen.add(p)
        if '.' in p and p.rsplit('.', 1)[0] not in seen: bad.append('no parent: ' + p)
        there(p + ' problem', t['problem'])
        there(p + ' goal', t['goal'])
        for h in t.get('headings', []): there(p + ' heading', h)
        for k in ('responsible', 'acceptance'):
            for u in t[k]:
                if not unit_ok(u, text): bad.append('%s %s not in the document: %s' % (p, k, u))
            if len(set(t[k])) != len(t[k]): bad.append('%s %s: unit twice' % (p, k))
        for u in t.get('responsible_roles', {}):
            if u not in t['responsible']: bad.append('%s role of a unit not responsible: %s' % (p, u))
        if t['deadline']: there(p + ' deadline', t['deadline'].get('text')); date(p + ' deadline', t['deadline']['date'])
        if t['status']:
            there(p + ' status', t['status'].get('text'))
            if t['status']['kind'] not in ('not_started', 'in_progress', 'completed', 'ongoing'): bad.append(p + ' status kind')
        for m in t['measures']:
            there('%s measure %s' % (p, m['number']), m['text'])
            for d in m['due'] + m['due_optional']: date('%s measure %s' % (p, m['number']), d)
            if m.get('lead') and not unit_ok(m['lead'], text): bad.append('%s measure lead %s' % (p, m['lead']))
        for m in t['progress']: there('%s progress %s' % (p, m['number']), m['text'])
        for g in t.get('targets', []): date(p + ' target', g['by'])
    return ['%s: %s' % (name, b) for b in bad]


def main():
    want, total = sys.argv[1:], 0
    for folder in sorted(glob.glob(ROOT + '/[0-9][0-9]-*')):
        if want and os.path.basename(folder)[:2] not in want: continue
        bad = check(folder)
        total += len(bad)
        print('\n'.join(bad) if bad else os.path.basename(folder) + ': in order')
    return 1 if total else 0


if __name__ == '__main__': sys.exit(main())
