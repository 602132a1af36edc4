"""The prefecture's progress report, with hard wraps, page numbers and figures that do not agree."""
from lib import *
from case02 import P, UP, cn

CASE = '03-prefecture-progress'
PASTED = ('市委、市政府主要负责同志多次深入一线调研督导，召开专题会议研究解决整改中的难点堵点问题，'
          '建立“周调度、月通报、季评估”工作机制，实行清单化管理、项目化推进、闭环式落实，整改工作取得阶段性成效。')


def task(n, **k):
    return T(str(n), '%s、' % cn(n), P[n], up=UP[n], tail='（省序号%s）' % cn(UP[n]), **k)


tasks = [
task(1, deadline=D('立行立改，长期坚持', imm=True, lt=True), status=S('已完成，长期坚持', 'completed', lt=True),
  progress=['强化理论武装。2024年，市委理论学习中心组专题学习3次，市委党校在12期主体班次中全部开设生态文明课程，培训干部1460人次。',
            '压实工作责任。修订印发《霁川市生态环境保护责任清单》，对8个县（市、区）、18个市直部门履职情况开展评估，约谈评估靠后的2个县、1个部门主要负责同志。']),
task(2, deadline=D('2024年5月底前', '2024-05-31'), status=S('已完成', 'completed'),
  progress=['鑫禾焦化公司新增的1座焦炉已于2023年12月18日拆除，产能恢复到90万吨/年。',
            '对煤气综合利用项目未批先建行为立案查处，罚款126万元，追责问责5人。',
            '全面核查“两高”项目64个，其中在建项目17个、已建项目47个，已分类处置58个、占90.6%，其余6个正在按程序推进。']),
task(3, deadline=D('2025年底前', '2025-12-31'), status=S('正在持续推进', 'in_progress'),
  progress=['推进清洁能源替代。累计淘汰燃煤锅炉73台，其中霁城区31台、麓山市22台、禾丰县14台、开发区9台。2024年完成散煤清洁替代5.2万户，完成率100%。',
            '加快老旧车辆淘汰。截至12月底，已淘汰国三及以下排放标准柴油货车3812辆，占任务数6130辆的62.2%。',
            '改善空气质量。2024年全市PM2.5平均浓度为42微克/立方米，同比下降6.7%，较2022年下降5微克/立方米。']),
task(4, deadline=D('2026年6月底前', '2026-06-30'), status=S('正在持续推进', 'in_progress'),
  progress=['完成1136公里排水管网普查，查出混错接点3280处。' + PASTED,
            '已改造混错接点1612处、修复管网198公里，总投资4.86亿元，已完成投资2.91亿元，完成率69.9%。',
            '21个排口中已完成整治11个，其余9个正在实施。']),
task(5, deadline=D('2025年10月底', '2025-10-31'), status=S('正在持续推进', 'in_progress'),
  progress=['实施地表水置换工程2处，2024年压减地下水0.22亿立方米，全年地下水开采量1.61亿立方米。',
            '418眼规模以上取水井全部安装在线计量设施，上线395眼，上线率94.5%。封填自备井92眼。']),
task(6, deadline=D('2024年12月底前', '2024-12-31'), status=S('未达到序时进度，正在加快推进', 'in_progress', behind=True),
  progress='麓山生活垃圾焚烧发电项目一期工程主体已完工，受送出线路建设滞后影响尚未并网；麓山填埋场日均接收垃圾降至110吨，封场设计已完成。计划2025年4月底前项目投运，6月底前完成填埋场封场。'),
task(7, deadline=D('2024年底前', '2024-12-31'), status=S('正在持续推进', 'in_progress'),
  progress=['完成规模以下养殖场户调查登记，全市共5274户，其中禾丰县2316户。',
            '建成粪污集中处理中心2座、田间贮存池460个，配套率达到79.8%。' + PASTED]),
task(8, deadline=D('立行立改，长期坚持', imm=True, lt=True), status=S('已完成，长期坚持', 'completed', lt=True),
  progress='对督察转办的368件举报件开展“回头看”，办结率100%。71件重复举报件全部落实领导包案，回访群众1042人次，满意率93.4%。'),
]

TITLE = '霁川市贯彻落实第二轮中央生态环境保护督察报告具体问题整改进展情况'
NAMES = [('problem', ''), ('deadline', '整改时限：'), ('status', '整改进展情况：'), ('progress', '')]


def build():
    page = Pages('- %d -')
    lines = ['附件', '', '霁川市贯彻落实第二轮中央生态环境保护', '督察报告具体问题整改进展情况', '']
    for t in tasks:
        t['_doc']['own_line'] = True
        for p in task_text(t, NAMES, '\n').split('\n'):
            lines += wrap('　　' + p, 27).split('\n')
    lines += ['', '　　　　　　　　　　　　中共霁川市委员会', '　　　　　　　　　　　　霁川市人民政府', '　　　　　　　　　　　　2025年1月15日']
    out, n = [], 0
    for line in lines:          # a page holds 24 lines; its number stands at the foot
        out.append(line); n += 1
        if n % 24 == 0: out += ['', page.number(), '\f']
    write_text(CASE, 'progress.txt', '\n'.join(out) + '\n')
    expected(CASE, TITLE, 'progress_report', tasks, issuer=['中共霁川市委员会', '霁川市人民政府'], date='2025-01-15')


if __name__ == '__main__': build()
