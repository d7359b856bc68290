"""A remark: one thing the jury mathematics noticed, as data.

Holds the value that carries a code, its parameters and a plain English sentence. Refuses to know languages,
pages and severity of tone: whoever shows a remark may translate it by its code and parameters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Remark:
    """`code` is stable, `template` is English with %(named)s places, `params` fills them.

    `blocks` separates a refusal (True) from a warning (False).
    """

    code: str
    template: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    blocks: bool = False

    @property
    def text(self) -> str:
        """The English sentence, complete."""
        return self.template % {name: _plain(value) for name, value in self.params.items()}

    def __str__(self) -> str:
        return self.text


def _plain(value: Any) -> Any:
    if isinstance(value, str) or not isinstance(value, Iterable):
        return value
    items = [str(item) for item in value]
    if len(items) <= SHOWN:
        return ", ".join(items)
    return ", ".join(items[:SHOWN]) + f" and {len(items) - SHOWN} more"


SHOWN = 12
