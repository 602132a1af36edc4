""".rtf, made by LibreOffice: a city's progress report."""
from lib import *
import tempfile

CASE = '20-rtf-progress'
CN = '零一二三四五'
from case07 import tasks as upper
U = {t['path']: t['problem'] for t in upper}


def task(n, src, up, **k): return T(str(n), CN[n] + '、', U[src], up=up, **k)


tasks = [
task(1, '1', 11, deadline=D('2025年12月31日前', '2025-12-31'), status=S('正在积极推进，达到序时进度', 'in_progress'),
  progress=['83处矿山现场复核全部完成，编制“一矿一策”修复方案83份。', '2024年完成修复26处、治理面积712亩，超出年度任务1处、12亩。', '对19处不实销号问题移交线索7条，问责14人。']),
task(2, '3', 11, deadline=D('2025年6月底前', '2025-06-30'), status=S('正在积极推进', 'in_progress'),
  progress=['7家矿山全部缴足治理恢复基金，共计8624万元。', '2024年治理820亩，占总任务1540亩的53.2%。']),
task(3, '4', 8, deadline=D('2024年6月30日前', '2024-06-30'), status=S('已完成并销号', 'completed'),
  progress='14个排口全部完成整治，建成调蓄池2座。2024年7月至12月监测结果显示，墨河、东干渠氨氮平均浓度分别为3.2毫克/升、4.7毫克/升，透明度分别为38厘米、31厘米，全部达标，11月29日通过省级验收。'),
task(4, '5', None, deadline=D('立行立改，长期坚持', imm=True, lt=True), status=S('已完成，长期坚持', 'completed', lt=True),
  progress='全市46家采石场实行“红黄绿”三色管理，绿色31家、黄色12家、红色3家，3家红色企业停产整改。'),
]
TITLE = '青砚市中央生态环境保护督察反馈问题整改进展情况'


def build():
    b = [para('附件'), para(TITLE, 'Title')]
    for t in tasks:
        up = t['upstream_ordinal']
        b.append(para(run(t['label'] + t['problem'] + ('（省序号%d）' % up if up else ''), bold=True)))
        b += [para('整改时限：' + t['deadline']['text']), para('整改进展情况：' + t['status']['text'] + '。')]
        b += [para(('%d.' % p['number'] if p['number'] else '') + p['text']) for p in t['progress']]
    b += [para('青砚市人民政府', align='right'), para('2025年1月20日', align='right')]
    with tempfile.TemporaryDirectory() as tmp:
        docx(tmp + '/x.docx', ''.join(b), page_number='— %s —')
        convert(tmp + '/x.docx', 'rtf', path_of(CASE, 'progress.rtf'))
    expected(CASE, TITLE, 'progress_report', tasks, issuer=['青砚市人民政府'], date='2025-01-20')


if __name__ == '__main__': build()
