"""Tables of teams, formation proposals and projects; one file per topic."""

from .formation import Proposal
from .project import Project, ProjectVersion
from .team import Membership, Team

__all__ = ["Membership", "Project", "ProjectVersion", "Proposal", "Team"]
