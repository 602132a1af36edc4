"""docx: one table, merged cells, a measure a row, sub-problems under a spanning row, the header row repeated."""
from lib import *

CASE = '08-docx-table-merged'
ZL = ['黎泽州党委', '黎泽州政府']

tasks = [
T('1', '1', '雾岭县葫芦坪尾矿库渗滤液直接外排，下游棠河锌浓度超标2.7倍。',
  resp=(('州应急管理局', '雾岭县委、县政府'), ['州应急管理局', '雾岭县党委', '雾岭县政府']), roles=lead('州应急管理局'),
  acc=('省应急管理厅、生态环境厅', ['省应急管理厅', '省生态环境厅']), goal='尾矿库闭库，棠河雾岭县出境断面锌浓度不高于1.0毫克/升。',
  deadline=D('2024年10月底前', '2024-10-31'),
  measures=[M('2023年11月30日前建成渗滤液应急收集处理设施。', '2023-11-30'), M('2024年10月底前完成闭库工程和地下水监测井4眼。', '2024-10-31'), M('州生态环境局每旬开展一次棠河水质监测。')],
  status=S('正在推进', 'in_progress'), progress='应急收集处理设施已于2023年11月22日投运，闭库工程完成投资3100万元，占总投资4600万元的67.4%。',
  targets=[G('棠河雾岭县出境断面锌浓度', '<=', 1.0, '毫克/升', '2024-10-31')]),
T('2', '2', '黎泽市污水处理厂污泥违规堆存，2022年以来累计1.36万吨污泥露天堆放在城郊砖厂。',
  resp=(('州住房城乡建设局', '黎泽市委、市政府'), ['州住房城乡建设局', '黎泽市党委', '黎泽市政府']), roles=lead('州住房城乡建设局'),
  acc=('省住房城乡建设厅', ['省住房城乡建设厅']), goal='存量污泥全部规范处置，新增污泥无害化处置率达到100%。', deadline=D('2024年3月底', '2024-03-31'),
  measures=[M('2024年3月底前将1.36万吨存量污泥运至水泥窑协同处置。', '2024-03-31'), M('严格执行污泥转移联单制度。')],
  status=S('已完成', 'completed'), progress='1.36万吨存量污泥已全部处置，砖厂场地完成土壤检测，未超过风险筛选值。',
  targets=[G('新增污泥无害化处置率', '>=', 100, '%', '2024-03-31')]),
T('3', '3', '小水电清理整改和生态流量监管不到位，全州116座小水电站问题突出。', is_task=False),
T('3.1', '（一）', '48座电站未安装生态流量监测设施。', resp=(('州水利局', '各县（市）人民政府'), ['州水利局', '各县（市）政府']), roles=lead('州水利局'),
  acc=('省水利厅', ['省水利厅']), goal='48座电站监测设施全部联网。', deadline=D('2024年6月底前', '2024-06-30'),
  measures=M('逐站安装流量计和视频监控，2024年6月底前接入省级平台。', '2024-06-30'),
  status=S('已完成', 'completed'), progress='48座电站全部安装监测设施并接入省级平台。'),
T('3.2', '（二）', '沙棠县23座电站枯水期下游河段脱水，脱水河段长87公里。', resp=(('沙棠县委、县政府', '州发展改革委、水利局'), ['沙棠县党委', '沙棠县政府', '州发展改革委', '州水利局']), roles=lead('沙棠县党委', '沙棠县政府'),
  acc=('省水利厅', ['省水利厅']), goal='23座电站完成泄放设施改造或退出。', deadline=D('2024年10月底前', '2024-10-31'),
  measures=[M('2024年4月底前退出7座电站。', '2024-04-30'), M('2024年10月底前改造16座电站泄放设施。', '2024-10-31')],
  status=S('正在推进', 'in_progress'), progress='退出7座，完成改造11座，其余5座正在施工。'),
T('4', '4', '黎泽州党委、政府对督察整改统筹调度不够，2022年全年未召开督察整改专题会议。',
  resp=(('州委办公室、州政府办公室', '州生态环境局'), ['州委办公室', '州政府办公室', '州生态环境局']), roles=lead('州委办公室', '州政府办公室'),
  acc=('省生态环境厅', ['省生态环境厅']), goal='每季度至少召开1次专题会议。', deadline=D('立行立改\n长期坚持', imm=True, lt=True),
  measures=[M('州委常委会会议、州政府常务会议每季度研究督察整改工作。'), M('建立州级领导包联整改任务制度。')],
  status=S('已完成，长期坚持', 'completed', lt=True), progress='2024年以来召开专题会议7次，16名州级领导包联整改任务。'),
T('5', '5', '沙棠县生活垃圾填埋场渗滤液处理设施闲置，积存渗滤液8600吨。',
  resp=(('州住房城乡建设局', '沙棠县委、县政府'), ['州住房城乡建设局', '沙棠县党委', '沙棠县政府']), roles=lead('州住房城乡建设局'),
  acc=('州住房城乡建设局、州生态环境局', ['州住房城乡建设局', '州生态环境局']), goal='积存渗滤液处理完毕，设施稳定运行。', deadline=D('2024.9.30', '2024-09-30'),
  measures=[M('2024.5.31前修复膜处理系统，日处理能力达到100吨。', '2024-05-31'), M('2024.9.30前完成8600吨积存渗滤液处理。', '2024-09-30')],
  status=S('未启动', 'not_started'), progress='受资金不到位影响，修复工程尚未开工。', targets=[G('膜处理系统日处理能力', '>=', 100, '吨', '2024-05-31')]),
T('6', '6', '草海国家湿地公园外围保护地带违规建设停车场2处，占用湿地36亩。',
  resp=(('州林业局', '雾岭县委、县政府'), ['州林业局', '雾岭县党委', '雾岭县政府']), roles=lead('州林业局'),
  acc=('省林业局', ['省林业局']), goal='拆除2处停车场，恢复湿地36亩。', deadline=D('2024年8月31日前', '2024-08-31'),
  measures=[M('2024年5月底前拆除停车场。', '2024-05-31'), M('2024年8月31日前完成植被恢复。', '2024-08-31')],
  status=S('已完成', 'completed'), progress='2处停车场已拆除，恢复湿地36亩，通过州级验收。'),
]
TITLE = '黎泽州中央生态环境保护督察反馈问题整改台账'
HEAD_ROW = ['序号', '反馈问题', '完成时限', '牵头单位', '责任单位', '整改目标', '整改措施', '验收单位', '完成情况', '目前进展']
WD = [600, 2300, 1100, 1200, 1300, 1700, 2800, 1100, 900, 1900]


def build():
    rows = [[cell([para(run(h, bold=True))], w, shade=True) for h, w in zip(HEAD_ROW, WD)]]
    for t in tasks:
        d = t['_doc']
        if t['path'] == '5':  # the header row again, as on a new page
            rows.append([cell([para(run(h, bold=True))], w, shade=True) for h, w in zip(HEAD_ROW, WD)])
        if not t['is_task']:
            rows.append([cell(t['path'], WD[0], 'restart'), cell(t['problem'], sum(WD[1:]), span=9)]); continue
        sub = '.' in t['path']
        lead_, others = d['resp']
        def row(measure, merge):
            vals = [t['label'] if not sub else '', (t['label'] if sub else '') + t['problem'], t['deadline']['text'], lead_, others, t['goal'], measure, d['acc'], t['status']['text'], t['progress'][0]['text']]
            out = []
            for i, (v, w) in enumerate(zip(vals, WD)):
                if sub and i == 0: out.append(cell('', w, 'continue'))
                elif sub and i == 7: out.append(cell(v if t['path'] == '3.1' else '', w, 'restart' if t['path'] == '3.1' else 'continue'))
                elif merge and i != 6: out.append(cell(v if merge == 'restart' else '', w, merge))
                else: out.append(cell(v, w))
            return out
        ms = [('%d.' % m['number'] if m['number'] else '') + m['text'] for m in t['measures']]
        if t['path'] in ('1', '4'):
            for i, m in enumerate(ms): rows.append(row(m, 'continue' if i else 'restart'))
        else: rows.append(row('\n'.join(ms), None))
    body = para(TITLE, 'Title') + para('（截至2024年9月30日）', align='center') + table(WD, rows, 1) + para('注：本台账每月25日前更新，由州整改办汇总。')
    docx(path_of(CASE, 'ledger.docx'), body, page_number='第%s页', landscape=True, size=18)
    expected(CASE, TITLE, 'task_list', tasks)


if __name__ == '__main__': build()
