"""Puts broken code in the place of good code, in a process in which everything is imported already."""

import ast
import gc
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from types import CodeType, FunctionType, ModuleType

import rules

from tests.mutants.catalogue import Mutant, Source, Unit

OURS = ("accounts", "assessment", "config", "indicators", "tests")
Key = tuple[str, str, int]


class NotBrokenError(Exception):
    """The break changes nothing that runs: the catalogue should not have it."""


class Live:
    """The functions of the targets as they are in memory, wherever something refers to them."""

    def __init__(self, sources: list[Source]) -> None:
        files = {str(source.file) for source in sources}
        self.functions: dict[Key, list[FunctionType]] = defaultdict(list)
        for row in gc.get_objects():
            if type(row) is FunctionType and row.__code__.co_filename in files:  # isinstance would wake lazy objects
                self.functions[key_of(row.__code__)].append(row)

    def replace(self, good: CodeType, bad: CodeType) -> int:
        """Let every function run its new code where that differs, and return how many do."""
        before, changed = dict(codes(good)), 0
        for key, code in codes(bad):
            if code != before.get(key):
                for function in self.functions[key]:
                    function.__code__ = code
                    changed += 1
        return changed

    def apply(self, mutant: Mutant) -> None:
        """Break one thing."""
        source, unit = mutant.unit.source, mutant.unit
        if unit.is_function:
            changed = self.replace(source.compiled(), source.compiled(mutant.edit))
        else:
            undo = mutant.edit.swap()
            changed = restate(module_of(source), unit)
            undo.swap()
        if not changed:
            raise NotBrokenError(mutant.name)


def probe(live: Live, sources: list[Source]) -> None:
    """Let each unit that is a function say when it is reached; `__reached__` is a builtin of this process."""
    for source in sources:
        good = source.compiled()
        for unit in source.units:
            if unit.is_function:
                note = ast.parse(f"__reached__({unit.key!r})").body[0]
                ast.copy_location(note, unit.node.body[0])
                unit.node.body.insert(0, note)
        live.replace(good, source.compiled())


def key_of(code: CodeType) -> Key:
    """Tell the functions of a module apart."""
    return code.co_filename, code.co_qualname, code.co_firstlineno


def codes(code: CodeType) -> Iterator[tuple[Key, CodeType]]:
    """Return the code of every function in a module."""
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield key_of(const), const
            yield from codes(const)


def module_of(source: Source) -> ModuleType:
    """Return the module that a target is."""
    return import_module(source.target.path.removesuffix(".py").replace("/", "."))


def restate(module: ModuleType, unit: Unit) -> int:
    """Run a statement of a module again, and those after it that read what it set."""
    body = unit.source.tree.body
    changed, count = set(), 0
    for node in body[body.index(unit.node) :]:
        reads = {row.id for row in ast.walk(node) if isinstance(row, ast.Name) and isinstance(row.ctx, ast.Load)}
        again = isinstance(node, ast.Assign | ast.Expr) and (node is unit.node or reads & changed)
        if again:
            changed |= _run(module, node)
            count += 1
    return count


def _run(module: ModuleType, node: ast.stmt) -> set[str]:
    """Run one statement; what it set anew holds wherever the old value was imported to."""
    if isinstance(node, ast.Expr):
        rules.permissions.permissions.pop(ast.literal_eval(node.value.args[0]), None)  # or it would be given twice
    names = {row.id for row in getattr(node, "targets", [])}
    old = {name: getattr(module, name) for name in names}
    statement = ast.fix_missing_locations(ast.Module([node], []))
    exec(compile(statement, module.__file__, "exec"), module.__dict__)
    for name, value in old.items():
        new = getattr(module, name)
        for other in [row for key, row in sys.modules.items() if key.partition(".")[0] in OURS]:
            if getattr(other, name, None) is value:
                setattr(other, name, new)
    return names
