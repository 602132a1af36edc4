""".doc (Word 97-2003), made by LibreOffice: paragraphs, the problem under its own label after a short name."""
from lib import *
import tempfile

CASE = '13-doc-word97'

tasks = [
T('1', '一、', '麓山市填埋场早已满库，仍每日接收垃圾300余吨。', name='麓山市填埋场超期服役问题（市序号六）', up=6, headings=['麓山市填埋场超期服役问题'],
  resp=('市城市管理局', ['市城市管理局']), acc=('霁川市城市管理局、生态环境局', ['霁川市城市管理局', '霁川市生态环境局']), goal='麓山填埋场停用并规范封场，地下水监测井水质不恶化。', deadline=D('2024年11月底前', '2024-11-30'),
  measures=[M('配合建成麓山生活垃圾焚烧发电项目一期工程，2024年6月底前具备接收条件。', '2024-06-30'), M('2024年9月底前停止进场，11月底前完成封场。', '2024-09-30', '2024-11-30')]),
T('2', '二、', '2022年以来，石板坳煤矸石堆场多次自燃，周边3个村群众反映强烈。', name='石板坳煤矸石堆场自燃问题', headings=['石板坳煤矸石堆场自燃问题'],
  resp=('市自然资源和规划局（牵头）、市应急管理局、石板镇人民政府', ['市自然资源和规划局', '市应急管理局', '石板镇政府']), roles=lead('市自然资源和规划局'),
  acc=('霁川市自然资源和规划局', ['霁川市自然资源和规划局']), goal='消除自燃隐患，堆场面积压减到120亩以内。', deadline=D('2025年4月底前', '2025-04-30'),
  measures=[M('2024年3月底前完成火区探测和灭火工程设计。', '2024-03-31'), M('2024年12月底前完成灭火和覆土，综合利用煤矸石46万吨。', '2024-12-31'), M('2025年4月底前完成绿化。', '2025-04-30')],
  targets=[G('堆场面积', '<=', 120, '亩', '2025-04-30')]),
T('3', '三、', '个别部门接到群众举报后层层转办，最长一件历时4个月未答复。', name='群众举报办理拖沓问题（市序号八）', up=8, headings=['群众举报办理拖沓问题'],
  resp=('市信访局，市直有关部门', ['市信访局', '市直有关部门']), acc=('霁川市信访局', ['霁川市信访局']), goal='举报件按期办结率达到100%。', deadline=D('立行立改，长期坚持', imm=True, lt=True),
  measures=M('实行首接负责制，一般件15日内、复杂件30日内办结答复。'), targets=[G('举报件按期办结率', '>=', 100, '%')]),
]
TITLE = '麓山市生态环境保护督察问题整改方案'


def build():
    b = [para(TITLE, 'Title'), para('根据霁川市统一部署，结合我市实际，制定本整改任务表，共3项任务。')]
    for t in tasks:
        d = t['_doc']
        b += [para(run(t['label'] + d['name'], bold=True), 'Heading1'), para('反馈问题：' + t['problem']), para('责任单位：' + d['resp']),
              para('整改目标：' + t['goal']), para('整改期限：' + t['deadline']['text'])]
        if t['measures'][0]['number'] is None: b.append(para('具体措施：' + t['measures'][0]['text']))
        else: b.append(para('具体措施：')); b += [para('（%d）%s' % (m['number'], m['text'])) for m in t['measures']]
        b.append(para('督导单位：' + d['acc']))
    with tempfile.TemporaryDirectory() as tmp:
        docx(tmp + '/x.docx', ''.join(b), header='麓山市人民政府', page_number='- %s -')
        convert(tmp + '/x.docx', 'doc', path_of(CASE, 'plan.doc'))
    expected(CASE, TITLE, 'task_list', tasks, running_heads=['麓山市人民政府'])


if __name__ == '__main__': build()
