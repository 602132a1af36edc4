"""Helpers for writing the example documents and their labels.

A case is written once: what stands in the document and what a careful reader takes from it.  Marks inside texts
let a document look as untidy as real ones without touching its labels:

    ¶   a hard line break inside a sentence
    §   a page break inside a sentence: blank line, page number, blank line
    ␠   a space that stands in the document and not in the label
"""
import json, os, re, zipfile
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
MARKS = re.compile('[¶§␠]')


def clean(s):
    return MARKS.sub('', s) if isinstance(s, str) else s


class Pages:
    """Turns the marks into what stands in the file."""
    def __init__(self, style='— %d —', brk='\n', start=1):
        self.style, self.brk, self.n = style, brk, start - 1

    def number(self):
        self.n += 1
        return self.style % self.n

    def __call__(self, s):
        s = s.replace('␠', ' ').replace('¶', self.brk)
        while '§' in s:
            s = s.replace('§', '\n\n' + self.number() + '\n\n', 1)
        return s


def wrap(s, width, brk='\n'):
    """Breaks a paragraph after every width characters, as text taken out of a page is; figures stay whole."""
    out, line, w = [], '', 0.0
    for c in re.findall(r'[0-9A-Za-z.%/]+|.', s, re.S):
        cw = sum(1.0 if ord(x) > 0x2000 else 0.5 for x in c)
        if line and w + cw > width and c not in '，。；：、）》”！？':
            out.append(line); line, w = '', 0.0
        line += c; w += cw
    out.append(line)
    return brk.join(out)


# ---- labels -------------------------------------------------------------------------------------------------------

def D(text, date=None, imm=False, lt=False, amb=False):
    d = {'text': text, 'date': date, 'immediate': imm, 'long_term': lt}
    if amb: d['ambiguous'] = True
    return d


def M(text, *due, opt=(), lead=None, acc=None, number=False):
    m = {'number': number, 'text': text, 'due': list(due), 'due_optional': list(opt)}
    if lead: m['lead'] = lead
    if acc: m['acceptance'] = acc
    return m


def S(text, kind, lt=False, behind=False):
    s = {'text': text, 'kind': kind, 'long_term': lt}
    if behind: s['behind_schedule'] = True
    return s


def G(quantity, comparator, value, unit, by=None):
    return {'quantity': quantity, 'comparator': comparator, 'value': value, 'unit': unit, 'by': by}


def T(path, label, problem, resp=None, acc=None, goal=None, deadline=None, measures=None, status=None, progress=None,
      up=None, headings=(), is_task=True, roles=None, open=False, acc_open=False, inherited=False, targets=None, **doc):
    """One entry. resp/acc: (what the document says, [canonical names]); doc: anything only the document needs."""
    def units(u):
        return (None, []) if u is None else u if isinstance(u, tuple) else (None, u)
    t = {'path': path, 'label': label, 'problem': problem, 'headings': list(headings),
         'responsible': units(resp)[1], 'acceptance': units(acc)[1], 'goal': goal, 'deadline': deadline}
    if isinstance(measures, dict): measures['number'] = None; measures = [measures]
    measures = measures or []
    for i, m in enumerate(measures):
        if m['number'] is False: m['number'] = i + 1
    t['measures'] = measures
    t['status'] = status
    if isinstance(progress, str): progress = [{'number': None, 'text': progress}]
    t['progress'] = [p if isinstance(p, dict) else {'number': i + 1, 'text': p} for i, p in enumerate(progress or [])]
    t.update(upstream_ordinal=up, is_task=is_task, responsible_open=open, acceptance_open=acc_open,
             acceptance_inherited=inherited)
    if roles: t['responsible_roles'] = roles
    if targets: t['targets'] = targets
    t['_doc'] = dict(doc, resp=units(resp)[0], acc=units(acc)[0])
    return t


def lead(*units):
    return {u: 'lead' for u in units}


def roles(lead=(), supporting=()):
    return {**{u: 'lead' for u in lead}, **{u: 'supporting' for u in supporting}}


def strip(x):
    if isinstance(x, dict): return {k: strip(v) for k, v in x.items() if k != '_doc'}
    if isinstance(x, list): return [strip(v) for v in x]
    return clean(x).replace('\n', '') if isinstance(x, str) else x


def expected(case, title, kind, tasks, issuer=None, date=None, running_heads=None):
    e = {'title': title, 'kind': kind}
    if issuer: e['issuer'] = issuer
    if date: e['date'] = date
    e['tasks'] = strip(tasks)
    e['partial'] = False
    if running_heads: e['running_heads'] = running_heads      # for check_labels.py alone
    folder = os.path.join(ROOT, case)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'expected.json'), 'w', encoding='utf-8') as f:
        json.dump(e, f, ensure_ascii=False, indent=1); f.write('\n')


def path_of(case, name):
    os.makedirs(os.path.join(ROOT, case), exist_ok=True)
    return os.path.join(ROOT, case, name)


def write_text(case, name, text, encoding='utf-8', newline='\n'):
    data = text.replace('\n', newline).encode(encoding)
    if encoding == 'utf-16-le': data = b'\xff\xfe' + data
    with open(path_of(case, name), 'wb') as f: f.write(data)


def task_text(t, names, sep='\n', number='%d.'):
    """A task as labelled paragraphs; names: list of (field, label as written), in the document's order."""
    d, out = t['_doc'], []
    own = d.get('names', {})
    for field, name in names:
        name = own.get(field, name)
        if field == 'problem': out.append(name + t['label'] + d.get('lead', '') + t['problem'] + d.get('tail', ''))
        elif field == 'resp' and d['resp']: out.append(name + d['resp'])
        elif field == 'acc' and d['acc']: out.append(name + d['acc'])
        elif field == 'goal' and t['goal']: out.append(name + t['goal'])
        elif field == 'deadline' and t['deadline'] and not d.get('no_deadline_line'):
            out.append(name + t['deadline']['text'])
        elif field == 'status' and t['status']: out.append(name + t['status']['text'] + d.get('status_tail', ''))
        elif field in ('measures', 'progress') and t[field]:
            xs = t[field]
            if xs[0]['number'] is None and not d.get('own_line'): out.append(name + xs[0]['text'])
            else:
                if name: out.append(name)
                out += [((d.get('number', number) % x['number']) if x['number'] is not None else '') + x['text'] for x in xs]
        elif field == 'extra' and d.get('extra'): out += d['extra']
    return sep.join(out)


# ---- OOXML --------------------------------------------------------------------------------------------------------

def package(path, parts):
    """Writes a zip with fixed times, so that the same input gives the same bytes."""
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)); info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            z.writestr(info, data.encode('utf-8') if isinstance(data, str) else data)


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
     'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
     'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
     'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
     'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
     'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
     'xmlns:v="urn:schemas-microsoft-com:vml"')


def run(text, bold=False, extra=''):
    text = clean(text)
    rpr = ('<w:b/>' if bold else '') + extra
    parts = []
    for i, piece in enumerate(text.split('\n')):
        if i: parts.append('<w:br/>')
        parts.append('<w:t xml:space="preserve">%s</w:t>' % escape(piece))
    return '<w:r>%s%s</w:r>' % ('<w:rPr>%s</w:rPr>' % rpr if rpr else '', ''.join(parts))


def para(content='', style=None, num=None, align=None, extra=''):
    """content: text or ready runs; num: (numId, level)"""
    if not content.startswith('<w:'): content = run(content) if content else ''
    ppr = ('<w:pStyle w:val="%s"/>' % style if style else '') + extra
    if num: ppr += '<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>' % (num[1], num[0])
    if align: ppr += '<w:jc w:val="%s"/>' % align
    return '<w:p>%s%s</w:p>' % ('<w:pPr>%s</w:pPr>' % ppr if ppr else '', content)


def cell(content, width, vmerge=None, span=None, shade=False):
    """content: text (line breaks make paragraphs) or list of paragraph xml"""
    if isinstance(content, str): content = [para(x) for x in clean(content).split('\n')]
    pr = '<w:tcW w:w="%d" w:type="dxa"/>' % width
    if span: pr += '<w:gridSpan w:val="%d"/>' % span
    if vmerge: pr += '<w:vMerge%s/>' % (' w:val="restart"' if vmerge == 'restart' else '')
    if shade: pr += '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>'
    return '<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>' % (pr, ''.join(content))


def table(widths, rows, header_rows=0):
    """rows: list of lists of ready cells"""
    borders = ''.join('<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>' % s
                      for s in ('top', 'left', 'bottom', 'right', 'insideH', 'insideV'))
    x = ['<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>%s</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
         % (sum(widths), borders), '<w:tblGrid>%s</w:tblGrid>' % ''.join('<w:gridCol w:w="%d"/>' % w for w in widths)]
    for i, r in enumerate(rows):
        x.append('<w:tr>%s%s</w:tr>' % ('<w:trPr><w:tblHeader/></w:trPr>' if i < header_rows else '', ''.join(r)))
    return ''.join(x) + '</w:tbl>'


STYLES = HEAD + '''<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Noto Serif CJK SC" w:hAnsi="Noto Serif CJK SC" w:eastAsia="Noto Serif CJK SC"/><w:sz w:val="%%d"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>
</w:styles>''' % W


def numbering(kinds):
    """kinds: {numId: [(numFmt, lvlText), ...]}"""
    a = n = ''
    for k, levels in kinds.items():
        a += '<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="multilevel"/>%s</w:abstractNum>' % (k, ''.join(
            '<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:suff w:val="nothing"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/></w:lvl>'
            % (i, f, t) for i, (f, t) in enumerate(levels)))
        n += '<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>' % (k, k)
    return HEAD + '<w:numbering %s>%s%s</w:numbering>' % (W, a, n)


def field(code, shown):
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> %s </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>%s</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            % (code, shown))


def docx(path, body, header=None, page_number=None, footnotes=None, num=None, landscape=False, size=24):
    """body: xml; page_number: e.g. '– %s –'; footnotes: {id: text}"""
    ct = [('/word/document.xml', 'document.main'), ('/word/styles.xml', 'styles')]
    rels, parts, sect = [('styles', 'styles.xml')], [], ''
    if num: ct.append(('/word/numbering.xml', 'numbering')); rels.append(('numbering', 'numbering.xml')); parts.append(('word/numbering.xml', num))
    if footnotes:
        ct.append(('/word/footnotes.xml', 'footnotes')); rels.append(('footnotes', 'footnotes.xml'))
        parts.append(('word/footnotes.xml', HEAD + '<w:footnotes %s><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>%s</w:footnotes>' % (W, ''.join(
            '<w:footnote w:id="%d">%s</w:footnote>' % (i, para('<w:r><w:footnoteRef/></w:r>' + run(t), 'FootnoteText')) for i, t in footnotes.items()))))
    if header:
        ct.append(('/word/header1.xml', 'header')); rels.append(('header', 'header1.xml'))
        parts.append(('word/header1.xml', HEAD + '<w:hdr %s>%s</w:hdr>' % (W, para(header, 'Header'))))
        sect += '<w:headerReference w:type="default" r:id="rId%d"/>' % len(rels)
    if page_number:
        ct.append(('/word/footer1.xml', 'footer')); rels.append(('footer', 'footer1.xml'))
        a, b = page_number.split('%s')
        parts.append(('word/footer1.xml', HEAD + '<w:ftr %s>%s</w:ftr>' % (W, para(run(a) + field('PAGE', '1') + run(b), 'Footer'))))
        sect += '<w:footerReference w:type="default" r:id="rId%d"/>' % len(rels)
    sect += '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if landscape else '<w:pgSz w:w="11906" w:h="16838"/>'
    sect += '<w:pgMar w:top="1440" w:right="1300" w:bottom="1440" w:left="1300" w:header="720" w:footer="720" w:gutter="0"/>'
    P = 'application/vnd.openxmlformats-officedocument.wordprocessingml.'
    R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    package(path, [
        ('[Content_Types].xml', HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>%s</Types>'
         % ''.join('<Override PartName="%s" ContentType="%s%s+xml"/>' % (n, P, t) for n, t in ct)),
        ('_rels/.rels', HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%sofficeDocument" Target="word/document.xml"/></Relationships>' % R),
        ('word/document.xml', HEAD + '<w:document %s><w:body>%s<w:sectPr>%s</w:sectPr></w:body></w:document>' % (W, body, sect)),
        ('word/_rels/document.xml.rels', HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
         % ''.join('<Relationship Id="rId%d" Type="%s%s" Target="%s"/>' % (i + 1, R, t, f) for i, (t, f) in enumerate(rels))),
        ('word/styles.xml', STYLES % size)] + parts)


def column(i):
    s = ''
    i += 1
    while i: i, r = divmod(i - 1, 26); s = chr(65 + r) + s
    return s


def xlsx(path, sheets, inline=False):
    """sheets: [(name, rows, merges, widths)]; a value is None, text, a number, or ('date', serial)."""
    strings, index = [], {}
    def shared(s):
        if s not in index: index[s] = len(strings); strings.append(s)
        return index[s]
    out = []
    for name, rows, merges, widths in sheets:
        x = []
        for r, row in enumerate(rows, 1):
            cs = ''
            for c, v in enumerate(row):
                ref = column(c) + str(r)
                if v is None: continue
                if isinstance(v, tuple): cs += '<c r="%s" s="1"><v>%d</v></c>' % (ref, v[1])
                elif isinstance(v, (int, float)): cs += '<c r="%s"><v>%s</v></c>' % (ref, v)
                elif inline: cs += '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (ref, escape(clean(v)))
                else: cs += '<c r="%s" t="s" s="2"><v>%d</v></c>' % (ref, shared(clean(v)))
            if cs: x.append('<row r="%d">%s</row>' % (r, cs))
        m = '<mergeCells count="%d">%s</mergeCells>' % (len(merges), ''.join('<mergeCell ref="%s"/>' % g for g in merges)) if merges else ''
        cols = '<cols>%s</cols>' % ''.join('<col min="%d" max="%d" width="%d" customWidth="1"/>' % (i + 1, i + 1, w) for i, w in enumerate(widths)) if widths else ''
        out.append(HEAD + '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s<sheetData>%s</sheetData>%s</worksheet>' % (cols, ''.join(x), m))
    S_ = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
    R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    n = len(sheets)
    package(path, [
        ('[Content_Types].xml', HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/>%s<Override PartName="/xl/styles.xml" ContentType="%sstyles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="%ssharedStrings+xml"/></Types>'
         % (S_, ''.join('<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>' % (i + 1, S_) for i in range(n)), S_, S_)),
        ('_rels/.rels', HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%sofficeDocument" Target="xl/workbook.xml"/></Relationships>' % R),
        ('xl/workbook.xml', HEAD + '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>%s</sheets></workbook>'
         % ''.join('<sheet name="%s" sheetId="%d" r:id="rId%d"/>' % (escape(s[0]), i + 1, i + 1) for i, s in enumerate(sheets))),
        ('xl/_rels/workbook.xml.rels', HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s<Relationship Id="rId%d" Type="%sstyles" Target="styles.xml"/><Relationship Id="rId%d" Type="%ssharedStrings" Target="sharedStrings.xml"/></Relationships>'
         % (''.join('<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>' % (i + 1, R, i + 1) for i in range(n)), n + 1, R, n + 2, R)),
        ('xl/styles.xml', HEAD + '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts><fonts count="1"><font><sz val="11"/><name val="SimSun"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf numFmtId="176" applyNumberFormat="1" xfId="0"/><xf applyAlignment="1" xfId="0"><alignment wrapText="1" vertical="center"/></xf></cellXfs></styleSheet>'),
        ('xl/sharedStrings.xml', HEAD + '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="%d" uniqueCount="%d">%s</sst>'
         % (len(strings), len(strings), ''.join('<si><t xml:space="preserve">%s</t></si>' % escape(s) for s in strings)))] +
        [('xl/worksheets/sheet%d.xml' % (i + 1), x) for i, x in enumerate(out)])


def serial(y, m, d):
    import datetime
    return ('date', (datetime.date(y, m, d) - datetime.date(1899, 12, 30)).days)


def convert(source, kind, out):
    """LibreOffice conversion of source to out."""
    import shutil, subprocess, tempfile
    with tempfile.TemporaryDirectory() as t:
        src = os.path.join(t, 'x' + os.path.splitext(source)[1]); shutil.copy(source, src)
        subprocess.run(['soffice', '-env:UserInstallation=file://' + t + '/profile', '--headless', '--convert-to', kind,
                        '--outdir', t, src], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.copy(os.path.join(t, 'x.' + kind.split(':')[0]), out)
