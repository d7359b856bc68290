"""Addresses of the API for the jury, its ballots, its decisions and the results."""

from django.urls import path

from . import jury, results, views

EVENT = "events/<slug:event>/"
ROUND = EVENT + "rounds/<slug:round>/"
BALLOT = EVENT + "ballots/<int:ballot>/"

urlpatterns = [
    path(EVENT + "jurors/", jury.JurorsView.as_view(), name="jurors"),
    path(EVENT + "jurors/<int:juror>/", jury.JurorView.as_view(), name="juror"),
    path(EVENT + "rounds/", jury.RoundsView.as_view(), name="rounds"),
    path(ROUND, jury.RoundView.as_view(), name="round"),
    path(ROUND + "open/", jury.OpenRoundView.as_view(), name="open_round"),
    path(ROUND + "close/", jury.CloseRoundView.as_view(), name="close_round"),
    path(EVENT + "ballots/", views.BallotsView.as_view(), name="ballots"),
    path(BALLOT, views.BallotView.as_view(), name="ballot"),
    path(BALLOT + "marks/<slug:criterion>/", views.MarkView.as_view(), name="mark"),
    path(BALLOT + "hand-in/", views.HandInView.as_view(), name="hand_in_ballot"),
    path(BALLOT + "recuse/", views.RecuseView.as_view(), name="recuse_ballot"),
    path(BALLOT + "reopen/", views.ReopenView.as_view(), name="reopen_ballot"),
    path(EVENT + "ranking/", results.RankingView.as_view(), name="ranking"),
    path(EVENT + "awards/", results.AwardsView.as_view(), name="awards"),
    path(EVENT + "awards/seal/", results.SealView.as_view(), name="seal"),
    path(EVENT + "results/", results.ResultsView.as_view(), name="results"),
]
