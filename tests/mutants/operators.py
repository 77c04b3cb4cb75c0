"""The small ways of breaking: each looks at one node of a tree and says what could stand there instead."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

SWAPPED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}  # fmt: skip
NAMES = {
    "min": "max", "max": "min", "any": "all", "all": "any", "ROUND_FLOOR": "ROUND_CEILING",
    "ROUND_CEILING": "ROUND_FLOOR",
}  # fmt: skip
CONDITIONS = {"filter", "exclude", "get", "Q"}
# Keywords that can be left out of a call without breaking it loudly.
KEYWORDS = {
    "allow": {"covers", "when"}, "Step": {"guard", "needs_note", "inward"}, "record": {"at", "note"},
    "sorted": {"reverse", "key"}, "_mark": {"counted"}, "Count": {"filter"},
}  # fmt: skip
GUARD_PLACE = 6  # of a Step, where its guard stands without a name
SCOPES = {
    "responsible", "without_people", "active", "by_reviewers", "handed_over", "standing", "not_ended", "distinct",
    "strip",
}  # fmt: skip
SCOPES_OF_A_PERSON = {"visible_to", "drafts_visible_to", "read_at_once_by", "handed_to", "library_of", "managed_by"}
EVERYTHING = {"bool": ("True", "False"), "str": ('""',), "Q": ("Q()",)}


@dataclass(frozen=True)
class Edit:
    """One field of one node that gets another value, and back."""

    node: ast.AST
    field: str
    value: Any

    def swap(self) -> "Edit":
        """Carry it out and return the edit that undoes it."""
        before = getattr(self.node, self.field)
        setattr(self.node, self.field, self.value)
        return Edit(self.node, self.field, before)


Put = Callable[[ast.AST], Edit]
Found = Iterator[tuple[str, Edit]]


def called(node: ast.AST) -> str:
    """Return the last name of what is called, or nothing."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def short(kind: type | ast.AST) -> str:
    """Name an operator of Python: Gt becomes gt."""
    return (kind if isinstance(kind, type) else type(kind)).__name__.lower()


def written(node: ast.AST) -> str:
    """A node as one short word for a name."""
    return "".join(ast.unparse(node).split())[:40]


def without(rows: list, position: int) -> list:
    """Leave one out."""
    return [*rows[:position], *rows[position + 1 :]]


def comparisons(node: ast.AST, _put: Put) -> Found:
    """`>` for `>=`, `==` for `!=`."""
    if isinstance(node, ast.Compare):
        for place, sign in enumerate(node.ops):
            other = SWAPPED[type(sign)]
            ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield f"{short(sign)}->{short(other)}", Edit(node, "ops", ops)


def joints(node: ast.AST, put: Put) -> Found:
    """`and` for `or`, and each part left out; the same for `&` and `|`, for sums and products."""
    if isinstance(node, ast.BoolOp):
        other = SWAPPED[type(node.op)]
        yield f"{short(node.op)}->{short(other)}", Edit(node, "op", other())
        for place in range(len(node.values)):
            rest = without(node.values, place)
            yield f"drop-{short(node.op)}", put(rest[0]) if len(rest) == 1 else Edit(node, "values", rest)
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPPED:
        other = SWAPPED[type(node.op)]
        yield f"{short(node.op)}->{short(other)}", Edit(node, "op", other())
        if isinstance(node.op, ast.BitOr | ast.BitAnd):
            yield f"drop-left-{short(node.op)}", put(node.right)
            yield f"drop-right-{short(node.op)}", put(node.left)


def negations(node: ast.AST, put: Put) -> Found:
    """A `not`, a `~` or a minus forgotten."""
    if isinstance(node, ast.UnaryOp):
        yield f"drop-{short(node.op)}", put(node.operand)


def forks(node: ast.AST, put: Put) -> Found:
    """A condition that always holds, or never."""
    if isinstance(node, ast.If | ast.IfExp):
        yield "if-always", Edit(node, "test", ast.Constant(True))
        yield "if-never", Edit(node, "test", ast.Constant(False))
    if isinstance(node, ast.comprehension):
        for place in range(len(node.ifs)):
            yield "drop-if", Edit(node, "ifs", without(node.ifs, place))


def conditions(node: ast.AST, _put: Put) -> Found:
    """One condition of a query, one role of a right, or one keyword forgotten."""
    if not isinstance(node, ast.Call):
        return
    name = called(node)
    for place, keyword in enumerate(node.keywords):
        if name in CONDITIONS or keyword.arg in KEYWORDS.get(name, ()):
            yield f"drop-kw:{keyword.arg or '**'}", Edit(node, "keywords", without(node.keywords, place))
    for place, argument in enumerate(node.args):
        role = written(argument).startswith("Role.") or isinstance(argument, ast.Starred)
        if (role and name != "Count") or name in CONDITIONS:
            yield f"drop-arg:{written(argument)}", Edit(node, "args", without(node.args, place))
    if name == "Step" and len(node.args) > GUARD_PLACE:
        yield "drop-guard", Edit(node, "args", node.args[:GUARD_PLACE])


def scopes(node: ast.AST, put: Put) -> Found:
    """A narrower set of rows forgotten: `responsible()`, `without_people()`, somebody's `visible_to`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    if node.func.attr in SCOPES and not node.args and not node.keywords:
        yield f"drop-call:{node.func.attr}", put(node.func.value)
    if node.func.attr in SCOPES_OF_A_PERSON:
        everything = ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], [])
        yield f"drop-call:{node.func.attr}", put(everything)


def members(node: ast.AST, put: Put) -> Found:
    """One of several: a status, a role, a key of a row that is written."""
    if isinstance(node, ast.Tuple | ast.Set | ast.List) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        for place, item in enumerate(node.elts):
            if not isinstance(item, ast.Call):
                yield f"drop-item:{written(item)}", Edit(node, "elts", without(node.elts, place))
    if isinstance(node, ast.Dict):
        for place, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
            rest = ast.Dict(without(node.keys, place), without(node.values, place))
            yield f"drop-key:{written(key or value)}", put(rest)


def constants(node: ast.AST, _put: Put) -> Found:
    """One more than it should be."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"one-more:{node.value}", Edit(node, "value", node.value + 1)


def words(node: ast.AST, put: Put) -> Found:
    """The least for the most, one for all, the order of rows turned round, the other rounding."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in NAMES:
        yield f"{node.id}->{NAMES[node.id]}", Edit(node, "id", NAMES[node.id])
    if isinstance(node, ast.Name) and node.id == "ROUND_HALF_UP":
        yield "half_up->half_even", put(ast.Constant("ROUND_HALF_EVEN"))
    if called(node) == "order_by":
        for place, column in enumerate(node.args):
            turned = column.value.removeprefix("-") if column.value.startswith("-") else f"-{column.value}"
            args = [*node.args[:place], ast.Constant(turned), *node.args[place + 1 :]]
            yield f"turned:{column.value}", Edit(node, "args", args)


def statements(node: ast.AST, put: Put) -> Found:
    """A line forgotten."""
    if isinstance(node, ast.AugAssign):
        yield f"drop-line:{written(node.target)}", put(ast.Pass())
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield f"drop-line:{written(node.value.func)}", put(ast.Pass())


def answers(function: ast.AST) -> Found:
    """A function that always says the same: yes, no, nothing, everything."""
    if not isinstance(function, ast.FunctionDef) or function.returns is None:
        return
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(function)):
        return
    kind = ast.unparse(function.returns).strip("'\"")
    replies = [*EVERYTHING.get(kind, ()), *(["None"] if kind.endswith("| None") else [])]
    if kind.endswith("QuerySet"):
        replies += ["self.all()", "self.none()"]
    for reply in replies:
        body = [ast.Return(ast.parse(reply, mode="eval").body)]
        yield f"return:{reply}", Edit(function, "body", body)


OPERATORS = (
    comparisons, joints, negations, forks, conditions, scopes, members, constants, words, statements,
)  # fmt: skip
