"""Tables of the jury, its grid, its ballots, its awards and their publication; one file per topic."""

from .award import Award, AwardRule, Decision
from .ballot import Ballot, Mark, MarkEntry
from .conflict import Conflict
from .grid import Criterion, Grid, Level
from .juror_link import JurorLink
from .jury import Juror
from .publication import Publication, Seal
from .round import Entry, Panel, PanelMember, Round

__all__ = [
    "Award",
    "AwardRule",
    "Ballot",
    "Conflict",
    "Criterion",
    "Decision",
    "Entry",
    "Grid",
    "Juror",
    "JurorLink",
    "Level",
    "Mark",
    "MarkEntry",
    "Panel",
    "PanelMember",
    "Publication",
    "Round",
    "Seal",
]
