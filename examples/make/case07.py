"""docx: paragraphs with automatic numbering, header, footer, footnote, tracked change, text box, split runs."""
from lib import *

CASE = '07-docx-auto-numbering'
A = dict(acc=('省自然资源厅', ['省自然资源厅']))

tasks = [
T('1', '一、', '历史遗留矿山修复不实。青砚市83处历史遗留矿山中，有19处以“自然恢复”名义销号，现场仍为裸露边坡，群众多次反映。', up=11, tail='（省序号11）',
  resp=('市自然资源和规划局，各县（区）人民政府', ['市自然资源和规划局', '各县（区）政府']), **A,
  goal='19处不实销号矿山重新完成修复，47处未完成任务按期完成。', deadline=D('2025年12月31日前', '2025-12-31'),
  measures=[M('2024年1月底前完成83处矿山现场复核，形成“一矿一策”修复方案。', '2024-01-31'),
            M('2024年底前完成修复25处、治理面积700亩；2025年底前完成修复22处、治理面积840亩。', '2024-12-31', '2025-12-31'),
            M('对不实销号问题倒查责任，2024年4月底前将有关线索移交市纪委监委。', '2024-04-30')],
  targets=[G('历史遗留矿山修复', '=', 47, '处', '2025-12-31')]),
T('2', '二、', '青砚水库饮用水水源保护区内环境问题整治不彻底。', resp=('市水利局，墨池县委、县政府', ['市水利局', '墨池县党委', '墨池县政府']),
  acc=('市生态环境局、水利局', ['市生态环境局', '市水利局']), is_task=False),
T('2.1', '（一）', '一级保护区内仍有农家乐4家、耕地312亩。', resp=('墨池县委、县政府', ['墨池县党委', '墨池县政府']),
  acc=['市生态环境局', '市水利局'], inherited=True, goal='一级保护区内与供水无关的项目全部退出。', deadline=D('2024年5月31日', '2024-05-31'),
  measures=[M('2024年3月底前拆除4家农家乐。', '2024-03-31'), M('312亩耕地全部流转退耕，种植水源涵养林。')]),
T('2.2', '（二）', '二级保护区内省道207线危险化学品运输车辆穿行，未建应急收集设施。', resp=('市交通运输局、公安局', ['市交通运输局', '市公安局']),
  acc=('市生态环境局', ['市生态环境局']), goal='建成桥面径流收集系统和应急池，危险化学品车辆绕行。', deadline=D('2025年6月底前', '2025-06-30'),
  measures=[M('2024年底前建成应急池6座，总容积不少于1800立方米。', '2024-12-31'), M('2024年2月底前发布通告，实施危险化学品车辆绕行。', '2024-02-29')],
  targets=[G('应急池总容积', '>=', 1800, '立方米', '2024-12-31')]),
T('3', '三、', '磐岭县7家石灰岩矿山边开采边治理要求落实不力，累计未治理面积1540亩。', up=11, tail='（省序号11）',
  resp=('磐岭县委、县政府，市自然资源和规划局', ['磐岭县党委', '磐岭县政府', '市自然资源和规划局']), **A,
  goal='7家矿山完成治理1540亩，全部建成市级以上绿色矿山。', deadline=D('2025年6月底前', '2025-06-30'),
  measures=[M('2024年2月底前7家矿山缴足矿山地质环境治理恢复基金。', '2024-02-29'), M('2024年底前治理820亩，2025年6月底前治理720亩。', '2024-12-31', '2025-06-30')],
  targets=[G('矿山治理面积', '=', 1540, '亩', '2025-06-30')]),
T('4', '四、', '城市黑臭水体返黑返臭。墨河、东干渠2条水体消除后再次返黑返臭，沿线14个排口雨天溢流。', up=8, tail='（省序号8）',
  resp=('市住房城乡建设局、水利局、生态环境局', ['市住房城乡建设局', '市水利局', '市生态环境局']), acc=('省住房城乡建设厅、生态环境厅', ['省住房城乡建设厅', '省生态环境厅']),
  goal='墨河、东干渠水质稳定，氨氮浓度不高于8毫克/升、透明度不低于25厘米。', deadline=D('2024年6月30日前', '2024-06-30'),
  measures=[M('2024年5月底前完成14个排口整治。', '2024-05-31'), M('建设调蓄池2座，总容积1.2万立方米。'), M('委托第三方每月监测，结果向社会公布。')],
  targets=[G('墨河、东干渠氨氮浓度', '<=', 8, '毫克/升', '2024-06-30'), G('墨河、东干渠透明度', '>=', 25, '厘米', '2024-06-30')]),
T('5', '五、', '部分县（区）对群众举报的采石场噪声、扬尘问题推诿敷衍。', resp=('各县（区）党委、政府', ['各县（区）党委', '各县（区）政府']), acc=('市生态环境局、信访局', ['市生态环境局', '市信访局']),
  goal='问题整改到位，群众满意。', deadline=D('立行立改，并长期坚持', imm=True, lt=True),
  measures=M('建立采石场“红黄绿”三色管理制度，对红色企业停产整改，对办理不实的单位通报批评。')),
]
TITLE = '青砚市中央生态环境保护督察反馈问题整改任务清单'

BOX = ('<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
       '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH><wp:positionV relativeFrom="margin"><wp:align>top</wp:align></wp:positionV><wp:extent cx="1440000" cy="360000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="1" name="box"/>'
       '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1440000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
       '<wps:txbx><w:txbxContent><w:p><w:r><w:t>内部资料　注意保管</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
       '<mc:Fallback><w:pict><v:shape style="width:110pt;height:28pt"><v:textbox><w:txbxContent><w:p><w:r><w:t>内部资料　注意保管</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>')


def build():
    b = [BOX, para('附件2'), para(TITLE, 'Title')]
    for t in tasks:
        d, path = t['_doc'], t['path']
        text = t['problem'] + d.get('tail', '')
        if path == '3':       # a footnote inside the problem
            i = text.index('，累计')
            runs = run(text[:i]) + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>' + run(text[i:])
        else:                 # the opening words bold, the rest in another run
            i = text.find('。') + 1
            runs = run(text[:i], bold=True) + (run(text[i:]) if text[i:] else '')
        b.append(para(runs, 'Heading2' if '.' in path else 'Heading1', (1, 1 if '.' in path else 0)))
        if path == '4':       # a deleted and an inserted unit
            b.append(para(run('整改责任单位：', bold=True) + run('市住房城乡建设局、水利局、')
                          + '<w:del w:id="11" w:author="李" w:date="2024-01-08T09:00:00Z"><w:r><w:delText>城市管理局</w:delText></w:r></w:del>'
                          + '<w:ins w:id="12" w:author="李" w:date="2024-01-08T09:00:00Z">' + run('生态环境局') + '</w:ins>'))
        elif d['resp']: b.append(para(run('整改责任单位：', bold=True) + run(d['resp'])))
        if d['acc']: b.append(para(run('验收销号单位：', bold=True) + run(d['acc'])))
        if t['deadline']:
            if path == '3':   # the deadline was moved under change tracking
                v = ('<w:del w:id="13" w:author="李" w:date="2024-01-08T09:00:00Z"><w:r><w:delText>2024年底前</w:delText></w:r></w:del>'
                     '<w:ins w:id="14" w:author="李" w:date="2024-01-08T09:00:00Z">' + run('2025年6月底前') + '</w:ins>')
            else: v = run(t['deadline']['text'])
            b.append(para(run('整改时限：', bold=True) + v))
        if t['goal']: b.append(para(run('整改目标：', bold=True) + '<w:bookmarkStart w:id="%s" w:name="_Goal%s"/>' % (path.replace('.', ''), path.replace('.', '_')) + run(t['goal']) + '<w:bookmarkEnd w:id="%s"/>' % path.replace('.', '')))
        if t['measures']:
            if t['measures'][0]['number'] is None: b.append(para(run('整改措施：', bold=True) + run(t['measures'][0]['text'])))
            else:
                b.append(para(run('整改措施：', bold=True)))
                b += [para(m['text'], num=(1, 2)) for m in t['measures']]
    docx(path_of(CASE, 'tasklist.docx'), ''.join(b), header='青砚市生态环境保护督察整改工作领导小组办公室', page_number='— %s —',
         footnotes={1: '未治理面积以2022年度国土变更调查成果为准。'},
         num=numbering({1: [('chineseCounting', '%1、'), ('taiwaneseCountingThousand', '（%2）'), ('decimal', '%3.')]}))
    expected(CASE, TITLE, 'task_list', tasks)


if __name__ == '__main__': build()
