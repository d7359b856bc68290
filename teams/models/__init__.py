"""Tables of ideas, teams, formation proposals, projects and help; one file per topic."""

from .deliverable import Declaration, ExtraField, ProjectFile, Reopening
from .formation import Proposal
from .help import HelpRequest
from .idea import Idea, IdeaSupport
from .project import Project, ProjectVersion
from .recruiting import Ask, Search
from .team import Membership, Team
from .wish import Wish

__all__ = [
    "Ask",
    "Declaration",
    "ExtraField",
    "HelpRequest",
    "Idea",
    "IdeaSupport",
    "Membership",
    "Project",
    "ProjectFile",
    "ProjectVersion",
    "Proposal",
    "Reopening",
    "Search",
    "Team",
    "Wish",
]
