"""docx: a county's report, prose with headings and counts, then an annex that is a table."""
from lib import *

CASE = '21-docx-report-with-table-annex'

tasks = [
T('1', '1', '石塘生活垃圾填埋场积存渗滤液14.5万吨，防渗膜破损。', resp=('县城市管理局', ['县城市管理局']), deadline=D('2024年12月底', '2024-12-31'),
  measures=[M('2024年4月底前新增800吨/日渗滤液处理能力。', '2024-04-30'), M('2024年12月底前处理积存渗滤液14.5万吨。', '2024-12-31')],
  status=S('正在推进', 'in_progress'), progress='新增处理能力800吨/日，已处理渗滤液12.3万吨，占84.8%，剩余2.2万吨。'),
T('2', '2', '葭湖保护区核心区内有耕种0.74万亩。', resp=('县林业局', ['县林业局']), deadline=D('2025年8月底', '2025-08-31'),
  measures=M('2024年退出0.5万亩，2025年8月底前退出0.24万亩。', '2025-08-31'), status=S('正在推进', 'in_progress'), progress='已退出0.51万亩，种植芦苇、菖蒲等湿地植物0.18万亩。'),
T('3', '3', '县城污水处理厂总排口总氮偶发超标。', resp=('县住房城乡建设局', ['县住房城乡建设局']), deadline=D('2024年6月底', '2024-06-30'),
  measures=M('2024年6月底前完成深床滤池改造。', '2024-06-30'), status=S('已完成', 'completed'), progress='深床滤池6月18日投运，7月以来总氮全部达标。'),
T('4', '4', '3家采石场未落实扬尘防治措施。', resp=('县自然资源局、生态环境分局', ['县自然资源局', '县生态环境分局']), deadline=D('立行立改，长期坚持', imm=True, lt=True),
  measures=M('安装喷淋、车辆冲洗和在线监测设施。'), status=S('已完成，长期坚持', 'completed', lt=True), progress='3家采石场设施全部安装，累计开展夜查27次。'),
]
TITLE = '石塘县生态环境保护督察整改工作情况报告'
BODY = [
 ('h', '一、整改总体情况'),
 ('p', '省生态环境保护督察反馈石塘县的4项整改任务，截至2024年10月底，已完成2项，正在推进2项，总体达到序时进度。督察交办的57件信访举报件全部办结，其中属实41件、不属实16件。'),
 ('h', '二、主要做法'),
 ('p', '（一）压实责任。成立由县委、县政府主要负责同志任组长的整改领导小组，召开调度会9次，形成“1个总方案+4个子方案”的整改体系。'),
 ('p', '（二）精准施策。1.对渗滤液处置实行日调度；2.对耕种退出实行“一户一策”；3.对采石场实行夜查。'),
 ('p', '（三）严格督查。县委督查室开展专项督查6轮，发现问题48个，已整改45个，其余3个正在整改。'),
 ('h', '三、下一步工作'),
 ('p', '对未完成的2项任务，明确专人、倒排工期，确保2025年8月底前全部完成整改。'),
]
HEAD_ROW = ['序号', '整改任务', '整改措施', '责任单位', '整改时限', '完成状态', '整改进展']
WD = [600, 2100, 2200, 1300, 1100, 1000, 2300]


def build():
    b = [para(TITLE, 'Title')]
    b += [para(run(x, bold=True), 'Heading1') if k == 'h' else para(x) for k, x in BODY]
    b += [para('石塘县人民政府', align='right'), para('2024年11月8日', align='right'),
          para('<w:r><w:br w:type="page"/></w:r>'), para('附件'), para(run('石塘县督察反馈问题整改任务进展表', bold=True), align='center')]
    rows = [[cell([para(run(h, bold=True))], w, shade=True) for h, w in zip(HEAD_ROW, WD)]]
    for t in tasks:
        ms = '\n'.join(('%d.' % m['number'] if m['number'] else '') + m['text'] for m in t['measures'])
        rows.append([cell(v, w) for v, w in zip([t['label'], t['problem'], ms, t['_doc']['resp'], t['deadline']['text'], t['status']['text'], t['progress'][0]['text']], WD)])
    docx(path_of(CASE, 'report.docx'), ''.join(b) + table(WD, rows, 1) + para(''), page_number='— %s —')
    expected(CASE, TITLE, 'report', tasks, issuer=['石塘县人民政府'], date='2024-11-08')


if __name__ == '__main__': build()
