from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tts.speak.dutch import to_spoken
from tts.speak.dutch.rules import RULES

if TYPE_CHECKING:
    from tts.speak.dutch.rule import Rule

EXAMPLES = [
    pytest.param(written, spoken, id=f"{rule.name}: {written}") for rule in RULES for written, spoken in rule.examples
]


def test_every_rule_has_a_name_of_its_own_and_an_example() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert [rule.name for rule in RULES if not rule.examples] == []


@pytest.mark.parametrize(("written", "spoken"), EXAMPLES)
def test_example_is_said_as_the_rule_has_it(written: str, spoken: str) -> None:
    assert to_spoken(written).text == spoken


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_at_work_in_its_own_examples(rule: Rule) -> None:
    assert rule.name in {rewrite.rule for written, _ in rule.examples for rewrite in to_spoken(written).rewrites}
