"""Tables of the jury, its grid, its ballots, its awards and their publication; one file per topic."""

from .award import Award, AwardRule, Decision
from .ballot import Ballot, Mark, MarkEntry
from .grid import Criterion, Grid, Level
from .jury import Juror
from .publication import Publication, Seal
from .round import Entry, Panel, PanelMember, Round

__all__ = [
    "Award",
    "AwardRule",
    "Ballot",
    "Criterion",
    "Decision",
    "Entry",
    "Grid",
    "Juror",
    "Level",
    "Mark",
    "MarkEntry",
    "Panel",
    "PanelMember",
    "Publication",
    "Round",
    "Seal",
]
