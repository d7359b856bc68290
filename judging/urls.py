"""Paths and names of the jury, its decisions and the results; and the demo, which sees everything."""

from django.urls import path

from .views import (
    ballot_files,
    ballots,
    deliberation,
    demo,
    grid_files,
    grids,
    juror_links,
    jury,
    jury_conflicts,
    jury_plan,
    prizes,
    report,
    results,
    rounds,
)

app_name = "judging"

urlpatterns = [
    # the demo
    path("demo/", demo.demo_page, name="demo"),
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("demo/stage/", demo.stage, name="stage"),
    path("demo/stage/progress/", demo.stage_progress, name="stage_progress"),
    path("demo/mail/", demo.mailbox_page, name="mailbox"),
    # results
    path("<slug:event>/results/", results.results_page, name="results"),
    path("<slug:event>/results.pdf", results.results_pdf, name="results_pdf"),
    path("<slug:event>/tower/results/", deliberation.publication_page, name="publication"),
    path("<slug:event>/tower/results/preview/", results.preview_page, name="results_preview"),
    path("<slug:event>/tower/report/", report.report_page, name="report"),
    path("<slug:event>/tower/report/data.zip", report.report_data, name="report_data"),
    # the award rules
    path("<slug:event>/tower/prizes/", prizes.prizes_page, name="prizes"),
    path("<slug:event>/tower/prizes/add/", prizes.add_prize, name="add_prize"),
    path("<slug:event>/tower/prizes/preset/", prizes.use_preset, name="prizes_preset"),
    path("<slug:event>/tower/prizes/<int:rule>/", prizes.prize_page, name="prize"),
    path("<slug:event>/tower/prizes/<int:rule>/remove/", prizes.remove_prize, name="remove_prize"),
    path("<slug:event>/tower/prizes/<int:rule>/move/", prizes.move_prize, name="move_prize"),
    # the juror's own
    path("<slug:event>/jury/", jury.my_projects_page, name="my_projects"),
    path("<slug:event>/jury/hand-in/", jury.hand_in_all, name="hand_in_all"),
    path("<slug:event>/jury/conflicts/", jury_conflicts.my_conflicts, name="my_conflicts"),
    path("<slug:event>/jury/enter/<slug:code>/", juror_links.enter, name="enter"),
    path("<slug:event>/jury/<int:ballot>/", ballots.ballot_page, name="ballot"),
    path("<slug:event>/jury/<int:ballot>/marks/", ballots.save_marks, name="marks"),
    path("<slug:event>/jury/<int:ballot>/files/<uuid:file>/", ballot_files.file, name="ballot_file"),
    path(
        "<slug:event>/jury/<int:ballot>/files/<uuid:file>/<int:width>.webp",
        ballot_files.picture,
        name="ballot_picture",
    ),
    path("<slug:event>/jury/<int:ballot>/texts/", ballots.save_texts, name="texts"),
    path("<slug:event>/jury/<int:ballot>/hand-in/", ballots.hand_in, name="hand_in"),
    path("<slug:event>/jury/<int:ballot>/recuse/", ballots.recuse, name="recuse"),
    # the jury, for those who look after it
    path("<slug:event>/tower/jury/", jury.jury_page, name="jury"),
    path("<slug:event>/tower/jury/jurors/", jury.add_juror, name="add_juror"),
    path("<slug:event>/tower/jury/panels/<int:panel>/", jury.panel_page, name="panel"),
    path("<slug:event>/tower/jury/seats/<int:member>/unseat/", jury.unseat, name="unseat"),
    path("<slug:event>/tower/jury/seats/<int:member>/excuse/", rounds.excuse_juror, name="excuse_juror"),
    path("<slug:event>/tower/jury/ballots/<int:ballot>/reopen/", rounds.reopen_ballot, name="reopen_ballot"),
    path("<slug:event>/tower/jury/jurors/<int:juror>/invite/", juror_links.invite, name="invite_juror"),
    path("<slug:event>/tower/jury/conflicts/", jury_conflicts.conflicts_page, name="conflicts"),
    path("<slug:event>/tower/jury/conflicts/decide/", jury_conflicts.decide_conflict, name="decide_conflict"),
    path("<slug:event>/tower/jury/panels/<int:panel>/room/", jury_plan.set_room, name="set_room"),
    path("<slug:event>/tower/jury/seats/<int:member>/repair/", jury_plan.repair_page, name="repair"),
    path("<slug:event>/tower/jury/rounds/<slug:round>/plan/", jury_plan.plan_page, name="plan"),
    path("<slug:event>/tower/jury/rounds/<slug:round>/grid/", grid_files.round_grid, name="round_grid"),
    path("<slug:event>/tower/jury/grid/", grids.grid_page, name="grid"),
    path("<slug:event>/tower/jury/grid/<int:version>/", grids.grid_version_page, name="grid_version"),
    path("<slug:event>/tower/jury/grid/<int:version>/seen/", grid_files.preview_grid, name="preview_grid"),
    path("<slug:event>/tower/jury/grid/<int:version>/import/", grid_files.import_grid, name="import_grid"),
    path("<slug:event>/tower/jury/grid/<int:version>.json", grid_files.export_grid, name="export_grid"),
    path("<slug:event>/tower/jury/rounds/<slug:round>/", rounds.round_page, name="round"),
    path("<slug:event>/tower/jury/rounds/<slug:round>/draw/", rounds.draw, name="draw_round"),
    path("<slug:event>/tower/jury/rounds/<slug:round>/open/", rounds.open_round, name="open_round"),
    path("<slug:event>/tower/jury/rounds/<slug:round>/close/", rounds.close_round, name="close_round"),
    path("<slug:event>/tower/jury/rounds/<slug:round>/remind/", rounds.remind, name="remind_jurors"),
    path("<slug:event>/tower/jury/rounds/<slug:round>/finalists/", rounds.change_finalists, name="finalists"),
    # deliberation
    path("<slug:event>/jury/deliberation/", deliberation.deliberation_page, name="deliberation"),
    path("<slug:event>/jury/deliberation/decide/", deliberation.decide, name="decide"),
    path("<slug:event>/jury/deliberation/seal/", deliberation.seal, name="seal"),
]
