"""The access table of the product, written from the policy and not from the code; one module `policy_<app>` for each app.

A module has `TABLE`: URL name → Policy, and may have `build(world)`, which adds to the world what its targets need.
A target is one object that an address can name, chosen so that every relation occurs: own, same regency, other regency,
other province, and one that never existed. A person who is not named for a target gets `otherwise`.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

import tests.invariants

LOGIN = "login"
PERSONAS = (
    "operator", "head", "supporter", "coordinator", "leader", "reviewer", "second_reviewer", "observer",
    "administrator", "other_operator", "other_coordinator", "far_coordinator", "far_reviewer", "former",
)  # fmt: skip
NOBODY = "nobody"
NOWHERE = 999_999_999

Target = Callable[[SimpleNamespace], dict]
Answers = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Policy:
    """What each person gets at one address.

    `seen` and `sent` say for GET and POST: persona → target → status; None: the method is not answered (405).
    `data` makes the fields of the POST. `public` addresses answer whoever has no account as everybody else.
    """

    seen: Answers | None = None
    sent: Answers | None = None
    otherwise: int = 404
    targets: dict[str, Target] = field(default_factory=lambda: {"": lambda _world: {}})
    data: Callable[[SimpleNamespace, str], dict] = lambda _world, _target: {}
    public: bool = False

    def expected(self, method: str, persona: str, target: str) -> int | str:
        """Return the status that the policy wants: a number, or LOGIN for the way to the sign-in page."""
        table = self.seen if method == "GET" else self.sent
        if persona == NOBODY and not self.public:
            return LOGIN
        if table is None:
            return 405
        return table.get(persona, {}).get(target, self.otherwise)


def everyone(status: int, *targets: str) -> Answers:
    """All who are signed in get the same."""
    return {persona: dict.fromkeys(targets or ("",), status) for persona in PERSONAS}


def only(status: int, *personas: str) -> Answers:
    """Some get this, for an address without a target."""
    return {persona: {"": status} for persona in personas}


def modules() -> list:
    """Return the policy modules of the apps."""
    found = [name for _, name, _ in pkgutil.iter_modules(tests.invariants.__path__) if name.startswith("policy_")]
    return [importlib.import_module(f"tests.invariants.{name}") for name in sorted(found)]


def table() -> dict[str, Policy]:
    """Return the whole table."""
    return {name: policy for module in modules() for name, policy in module.TABLE.items()}
