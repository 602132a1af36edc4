"""xlsx: a month's dispatch, tasks on two sheets, numbers running on; inline strings."""
from lib import *

CASE = '18-xlsx-monthly-dispatch'
A1, A2 = '大气', '水和土壤'


def date(y, m, d): return D('%d年%d月%d日' % (y, m, d), '%d-%02d-%02d' % (y, m, d))


tasks = [
T('1', '1', '35蒸吨/小时以下燃煤锅炉淘汰滞后。', resp=('市发展改革委', ['市发展改革委']), deadline=date(2024, 10, 15), day=(2024, 10, 15), headings=[A1],
  status=S('达到序时进度', 'in_progress'), progress='累计淘汰68台，占73台的93.2%。', plan='10月15日前全部淘汰'),
T('2', '2', '国三及以下排放标准柴油货车淘汰任务重。', resp=('市公安局、交通运输局', ['市公安局', '市交通运输局']), deadline=date(2025, 11, 30), day=(2025, 11, 30), headings=[A1],
  status=S('未达到序时进度', 'in_progress', behind=True), progress='累计淘汰2914辆，占6130辆的47.5%，低于序时进度12.5个百分点。', plan='力争再淘汰300辆'),
T('3', '3', '工地扬尘在线监测设备安装不全。', resp=('市住房城乡建设局', ['市住房城乡建设局']), deadline=date(2024, 12, 31), day=(2024, 12, 31), headings=[A1],
  status=S('已完成', 'completed'), progress='全市217个3000平方米以上工地全部安装。', plan='——'),
T('4', '4', '主城区雨污混接严重。', resp=('市住房城乡建设局，霁川水务集团有限公司', ['市住房城乡建设局', '霁川水务集团有限公司']), deadline=D('2026年6月底前', '2026-06-30'), headings=[A2],
  status=S('达到序时进度', 'in_progress'), progress='改造混错接点1180处，修复管网152公里。', plan='改造混错接点160处'),
T('5', '5', '麓山市填埋场超期服役。', resp=('市城市管理局，麓山市委、市政府', ['市城市管理局', '麓山市党委', '麓山市政府']), deadline=date(2024, 12, 31), day=(2024, 12, 31), headings=[A2],
  status=S('未达到序时进度', 'in_progress', behind=True), progress='焚烧发电项目一期工程设备安装完成85%，原计划6月底建成。', plan='完成设备安装'),
T('6', '6', '城区公共供水管网覆盖范围内自备井未封填。', resp=('市水利局', ['市水利局']), deadline=date(2024, 9, 30), day=(2024, 9, 30), headings=[A2],
  status=S('已完成', 'completed'), progress='92眼自备井全部封填。', plan='——'),
T('7', '7', '粪污直排沟渠问题时有发生。', resp=('市农业农村局', ['市农业农村局']), deadline=D('立行立改，长期坚持', imm=True, lt=True), headings=[A2],
  status=S('立行立改，长期坚持', 'ongoing', lt=True), progress='9月巡查养殖场户612家，查处直排行为3起。', plan='继续巡查'),
]
TITLE = '霁川市督察整改任务清单化调度表（2024年9月）'
COLS = ['序号', '整改问题', '牵头单位', '整改时限', '进展状态', '本月进展', '下月计划', '填报人']


def build():
    sheets = []
    for name, sub in ((A1, tasks[:3]), (A2, tasks[3:])):
        rows = [[TITLE], ['填报单位：霁川市整改办', None, None, None, None, '填报时间：', serial(2024, 9, 28)], COLS]
        for t in sub:
            d = t['_doc']
            rows.append([int(t['path']), t['problem'], d['resp'], serial(*d['day']) if 'day' in d else t['deadline']['text'], t['status']['text'], t['progress'][0]['text'], d['plan'], '林晓'])
        rows.append(['注：进展状态分为“已完成”“达到序时进度”“未达到序时进度”三类。'])
        n = len(rows)
        sheets.append((name, rows, ['A1:H1', 'A2:E2', 'A%d:H%d' % (n, n)], [6, 40, 26, 16, 16, 44, 24, 10]))
    for t in tasks: t['responsible_roles'] = lead(*t['responsible'])
    xlsx(path_of(CASE, 'dispatch.xlsx'), sheets, inline=True)
    expected(CASE, TITLE, 'progress_report', tasks)


if __name__ == '__main__': build()
