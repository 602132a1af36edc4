"""Cases written down as a document and its labels side by side (22 and up)."""
from lib import *


def t(path, problem, R=(), A=(), goal=None, d=None, imm=False, lt=False, m=(), s=None, slt=False, p=(), up=None, task=True):
    """An entry. m, p: a text (no number), or items; an item is a text or (number, text, dates of completion...)"""
    def items(xs, measure):
        out = []
        for i, x in enumerate([(None, xs)] if isinstance(xs, str) else xs):
            x = (i + 1, x) if isinstance(x, str) else x
            e = {'number': x[0], 'text': x[1]}
            if measure: e.update(due=list(x[2:]), due_optional=[])
            out.append(e)
        return out
    return dict(path=path, problem=problem, responsible=list(R), acceptance=list(A), goal=goal,
                deadline=dict(date=d, immediate=imm, long_term=lt) if (d or imm or lt) else None, measures=items(m, True),
                status=dict(kind=s, long_term=slt) if s else None, progress=items(p, False), upstream_ordinal=up, is_task=task)


def gold(case, title, kind, tasks): expected(case, title, kind, tasks)
