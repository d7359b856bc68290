"""Paths and names of teams and projects."""

from django.urls import path

from .views import board, formation, gallery, my_team, projects, rosters

app_name = "teams"

TOWER = "<slug:event>/tower/teams/"
PROPOSAL = TOWER + "proposals/<int:proposal>/"
OWN = "<slug:event>/team/"

urlpatterns = [
    # the organiser's
    path(TOWER, formation.formation_page, name="formation"),
    path(TOWER + "propose/", formation.propose, name="propose"),
    path(TOWER + "announce/", formation.announce, name="announce"),
    path(TOWER + "list/", rosters.team_list, name="team_list"),
    path(TOWER + "<int:number>/", rosters.team_page, name="team"),
    path(TOWER + "<int:number>/captain/", rosters.hand_over, name="hand_over"),
    path(TOWER + "<int:number>/lock/", rosters.lock, name="lock"),
    path(PROPOSAL, board.board_page, name="proposal"),
    path(PROPOSAL + "progress/", formation.proposal_progress, name="proposal_progress"),
    path(PROPOSAL + "move/", board.move, name="move"),
    path(PROPOSAL + "undo/", board.undo, name="undo"),
    path(PROPOSAL + "apply/", board.apply, name="apply"),
    path(PROPOSAL + "discard/", formation.discard, name="discard"),
    # everybody's, once the results are out
    path("<slug:event>/projects/", gallery.gallery_page, name="gallery"),
    path("<slug:event>/projects/<int:project>/", gallery.public_project_page, name="public_project"),
    # the team's own
    path(OWN, my_team.my_team, name="my_team"),
    path(OWN + "<int:number>/", my_team.own_team, name="own_team"),
    path(OWN + "<int:number>/name/", my_team.name_team, name="name_team"),
    path(OWN + "<int:number>/project/", projects.project_page, name="project"),
    path(OWN + "<int:number>/project/save/", projects.save, name="save_project"),
    path(OWN + "<int:number>/project/submit/", projects.submit, name="submit_project"),
    path(OWN + "<int:number>/project/receipt/", projects.receipt, name="receipt"),
]
