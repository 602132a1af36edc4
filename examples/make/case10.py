"""xlsx: merged title row, real date cells, merged cells, a second sheet with statistics."""
from lib import *

CASE = '10-xlsx-tasks'
H1, H2 = '水环境', '生态保护'

def date(y, m, d): return D('%d年%d月%d日' % (y, m, d), '%d-%02d-%02d' % (y, m, d))

tasks = [
T('1', '1', '梧坪地区178座小水电站中，83座未安装生态流量监测设施。', headings=[H1], up=10,
  resp=('地区水利局', ['地区水利局']), acc=('省水利厅', ['省水利厅']), goal='83座电站监测设施全部安装联网。', deadline=date(2024, 6, 30),
  measures=[M('2024年3月底前完成设备采购。', '2024-03-31'), M('2024年6月底前完成安装联网。', '2024-06-30')], status=S('已完成', 'completed'), day=(2024, 6, 30)),
T('2', '2', '34座电站枯水期下游河段脱水，脱水河段长129公里。', headings=[H1], up=10,
  resp=('地区水利局', ['地区水利局']), acc=('省水利厅', ['省水利厅']), goal='34座电站完成改造或退出。', deadline=date(2024, 10, 31),
  measures=[M('退出11座，改造23座。'), M('2024年10月底前完成全部改造任务。', '2024-10-31')], status=S('正在推进', 'in_progress'), day=(2024, 10, 31)),
T('3', '3', '双桠县城污水处理厂满负荷运行，每天约2600吨污水溢流入汀溪。', headings=[H1],
  resp=('双桠县委、县政府', ['双桠县党委', '双桠县政府']), acc=('省住房城乡建设厅', ['省住房城乡建设厅']), goal='扩建规模1万吨/日，出水达到一级A标准。', deadline=date(2025, 3, 31),
  measures=M('2025年3月底前完成双桠县城污水处理厂扩建工程并通水。', '2025-03-31'), status=S('正在推进', 'in_progress'), day=(2025, 3, 31),
  targets=[G('扩建规模', '=', 1, '万吨/日', '2025-03-31'), G('出水', '=', '一级A', '', '2025-03-31')]),
T('4', '4', '鹤栖山省级自然保护区采石场迹地修复不到位，尚有360亩未恢复植被。', headings=[H2],
  resp=('地区林业局、自然资源局，梧坪市委、市政府', ['地区林业局', '地区自然资源局', '梧坪市党委', '梧坪市政府']), acc=('省林业局', ['省林业局']), goal='恢复植被360亩，成活率不低于85%。', deadline=date(2024, 12, 31),
  measures=[M('2024年4月底前完成覆土整形。', '2024-04-30'), M('2024年12月底前完成植被恢复。', '2024-12-31')], status=S('正在推进', 'in_progress'), day=(2024, 12, 31),
  targets=[G('植被成活率', '>=', 85, '%', '2024-12-31')]),
T('5', '5', '古茶园保护范围内违规建设民宿7处。', headings=[H2],
  resp=('双桠县委、县政府', ['双桠县党委', '双桠县政府']), acc=('地委农办、地区住房城乡建设局', ['地委农办', '地区住房城乡建设局']), goal='7处民宿依法处置到位。', deadline=date(2024, 9, 30),
  measures=M('拆除4处，改造3处。'), status=S('尚未启动', 'not_started'), day=(2024, 9, 30)),
T('6', '6', '梧坪地委、行署对督察整改工作研究部署不够经常。', headings=[H2],
  resp=('梧坪地委、行署', ['梧坪地区党委', '梧坪地区政府']), acc=('省生态环境厅', ['省生态环境厅']), goal='研究部署常态化。', deadline=D('立行立改，长期坚持', imm=True, lt=True),
  measures=M('地委委员会议、行署常务会议每季度至少研究1次督察整改工作。'), status=S('已完成，长期坚持', 'completed', lt=True)),
]
TITLE = '梧坪地区中央生态环境保护督察整改任务清单（2024年版）'
COLS = ['类别', '序号', '问题描述', '省清单序号', '整改目标', '具体举措', '责任主体', '整改期限', '验收部门', '当前状态', '备注']


def build():
    rows = [[TITLE], ['制表单位：梧坪地区整改办'] + [None] * 7 + ['制表日期：', serial(2024, 7, 15)], COLS]
    for t in tasks:
        d = t['_doc']
        ms = '\n'.join(('%d.' % m['number'] if m['number'] else '') + m['text'] for m in t['measures'])
        first = t['path'] in ('1', '4')
        rows.append([t['headings'][0] if first else None, int(t['path']), t['problem'], t['upstream_ordinal'], t['goal'], ms, None if t['path'] == '2' else d['resp'],
                     serial(*d['day']) if 'day' in d else t['deadline']['text'], None if t['path'] == '2' else d['acc'], t['status']['text'], '重点任务' if t['path'] == '3' else None])
    merges = ['A1:K1', 'A2:H2', 'A4:A6', 'A7:A9', 'G4:G5', 'I4:I5']
    stats = [['整改任务统计'], ['状态', '任务数'], ['已完成', 2], ['正在推进', 3], ['尚未启动', 1], ['合计', 6]]
    xlsx(path_of(CASE, 'tasks.xlsx'), [('任务清单', rows, merges, [8, 6, 40, 10, 30, 40, 24, 16, 20, 14, 10]), ('统计', stats, ['A1:B1'], [12, 10])])
    expected(CASE, TITLE, 'task_list', tasks)


if __name__ == '__main__': build()
