"""Convening the jury: the verbs that other apps' doors, commands and the rehearsal call, gathered under one name.

They live by topic: seating (who, and the rounds), drawing (who marks what), shortlisting (finalists), closing.
"""

from .closing import ExcuseRefused, RoundIncomplete, close_round, excuse_juror, missing_cells
from .drawing import RoundRefused, draw_round, open_round, plan_round, seat
from .seating import SeatRefused, add_juror, next_position, preside, set_up_round, unseat
from .shortlisting import Finalist, FinalistRefused, add_finalist, finalists, remove_finalist

__all__ = [
    "ExcuseRefused",
    "Finalist",
    "FinalistRefused",
    "RoundIncomplete",
    "RoundRefused",
    "SeatRefused",
    "add_finalist",
    "add_juror",
    "close_round",
    "draw_round",
    "excuse_juror",
    "finalists",
    "missing_cells",
    "next_position",
    "open_round",
    "plan_round",
    "preside",
    "remove_finalist",
    "seat",
    "set_up_round",
    "unseat",
]
