""".odt, made by LibreOffice: a table, a problem merged over the rows of its sub-problems."""
from lib import *
import tempfile

CASE = '14-odt-table-subproblems'
CY = ('澄阳市委、市政府', ['澄阳市党委', '澄阳市政府'])
ACC = ('省农业农村厅、水利厅、住房城乡建设厅、生态环境厅', ['省农业农村厅', '省水利厅', '省住房城乡建设厅', '省生态环境厅'])

tasks = [
T('1', '1', '镜澜湖保护治理反复。', resp=('柳汀县、临湖区党委、政府', ['柳汀县党委', '柳汀县政府', '临湖区党委', '临湖区政府']), acc=ACC, up=6, is_task=False),
T('1.1', '（1）', '柳汀县湖湾仍有围网、网箱养殖2860亩。', resp=('柳汀县委、县政府', ['柳汀县党委', '柳汀县政府']), acc=ACC[1], inherited=True, up=6,
  goal='围网、网箱全部清退。', deadline=D('2024年3月底', '2024-03-31'), measures=M('2024年3月底前清退到位，建立月巡查制度。', '2024-03-31')),
T('1.2', '（2）', '环湖截污干管建成后长期空置。', resp=('柳汀县、临湖区党委、政府', ['柳汀县党委', '柳汀县政府', '临湖区党委', '临湖区政府']), acc=ACC[1], inherited=True, up=6,
  goal='干管全线通水，日收集污水不少于1.2万吨。', deadline=D('2024年10月底', '2024-10-31'), measures=[M('2024年5月底前打通3处断头管。', '2024-05-31'), M('2024年10月底前全线通水。', '2024-10-31')],
  targets=[G('日收集污水', '>=', 1.2, '万吨', '2024-10-31')]),
T('1.3', '（3）', '湖滨缓冲带内违规建有民宿、餐饮117处。', resp=('柳汀县、临湖区党委、政府', ['柳汀县党委', '柳汀县政府', '临湖区党委', '临湖区政府']), acc=ACC[1], inherited=True, up=6,
  goal='117处违规建筑整改到位。', deadline=D('2025年6月底', '2025-06-30'), measures=M('柳汀县处置89处，临湖区处置28处，2025年6月底前全部完成。', '2025-06-30')),
T('2', '2', '石塘生活垃圾填埋场积存渗滤液14.5万吨，防渗膜破损，下游监测井氨氮超标11倍。', up=13, resp=('石塘县委、县政府，市城市管理局', ['石塘县党委', '石塘县政府', '市城市管理局']),
  acc=('省住房城乡建设厅、生态环境厅', ['省住房城乡建设厅', '省生态环境厅']), goal='积存渗滤液全部处理，防渗膜修补到位。', deadline=D('2024年12月底', '2024-12-31'),
  measures=[M('2024年4月底前新增800吨/日渗滤液处理能力。', '2024-04-30'), M('2024年12月底前处理积存渗滤液14.5万吨。', '2024-12-31')], targets=[G('新增渗滤液处理能力', '=', 800, '吨/日', '2024-04-30')]),
T('3', '3', '葭湖省级湿地自然保护区核心区内仍有耕种1.26万亩，实验区内新增光伏项目2个、鱼塘430亩。', up=14, resp=('市林业局、自然资源局，柳汀县、石塘县党委、政府', ['市林业局', '市自然资源局', '柳汀县党委', '柳汀县政府', '石塘县党委', '石塘县政府']),
  acc=('省林业局', ['省林业局']), goal='核心区耕种依法退出，违规项目拆除到位。', deadline=D('2025年9月底', '2025-09-30'),
  measures=[M('柳汀县退出耕种0.52万亩，石塘县退出0.74万亩，2025年9月底前完成。', '2025-09-30'), M('2024年6月底前拆除光伏项目2个、退出鱼塘430亩。', '2024-06-30')]),
]
TITLE = '澄阳市督察整改任务分工表'
HEAD_ROW = ['序号', '督察反馈问题', '子问题', '整改目标', '整改措施', '时限', '责任单位', '验收单位']
WD = [700, 2000, 2100, 2000, 3000, 1300, 1900, 1500]


def build():
    rows = [[cell([para(run(h, bold=True))], w, shade=True) for h, w in zip(HEAD_ROW, WD)]]
    parent, first = None, False
    for t in tasks:
        d = t['_doc']
        if not t['is_task']: parent, first = t, True; continue
        ms = '\n'.join(('%d.' % m['number'] if m['number'] else '') + m['text'] for m in t['measures'])
        tail = [cell(t['goal'], WD[3]), cell(ms, WD[4]), cell(t['deadline']['text'], WD[5]), cell(d['resp'], WD[6])]
        if '.' in t['path']:
            m = 'restart' if first else 'continue'
            rows.append([cell(parent['path'] if first else '', WD[0], m), cell(parent['problem'] + '（省序号6）' if first else '', WD[1], m), cell(t['label'] + t['problem'], WD[2])] + tail
                        + [cell(parent['_doc']['acc'] if first else '', WD[7], m)])
            first = False
        else:
            rows.append([cell(t['label'], WD[0]), cell(t['problem'] + '（省序号%d）' % t['upstream_ordinal'], WD[1] + WD[2], span=2)] + tail + [cell(d['acc'], WD[7])])
    with tempfile.TemporaryDirectory() as tmp:
        docx(tmp + '/x.docx', para(TITLE, 'Title') + table(WD, rows, 1), landscape=True, size=20)
        convert(tmp + '/x.docx', 'odt', path_of(CASE, 'tasks.odt'))
    # the parent's units are stated nowhere but in the rows below it
    tasks[0]['responsible'], tasks[0]['acceptance'] = [], []
    for t in tasks[1:4]: t['acceptance_inherited'] = False; t['upstream_ordinal'] = None
    expected(CASE, TITLE, 'task_list', tasks)


if __name__ == '__main__': build()
