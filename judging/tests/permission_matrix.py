"""Who may open what, read as policy: one row per address of the site.

In a row, `get` and `post` name who gets in; None says that the method is not served. Everybody else is refused with
`otherwise`; a stranger, with a pass or not, is sent to sign in first. test_permissions.py holds the site to it, on an event that is decided
and sealed but not published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from judging.tests.permission_world import ROLES

Who = frozenset[str] | None

EVERYBODY = frozenset(ROLES)
NOBODY: Who = frozenset()
SIGNED_IN = EVERYBODY - {"stranger", "pass_holder"}
ORGANISER = frozenset({"organiser"})
PRESIDENT = frozenset({"president"})
SECRETARY = frozenset({"secretary"})
CARE = frozenset({"care"})
DESK = frozenset({"desk"})
TEAM = frozenset({"member", "captain"})
CAPTAIN = frozenset({"captain"})
MEMBER = frozenset({"member"})
PASS = frozenset({"pass_holder"})
TEAMMATE = TEAM | PASS  # what is open to a team without an account as well
OWN = MEMBER | PASS  # the same person, by their account or by their printed code
JURY = frozenset({"juror", "other_juror", "president"})
ITS_JUROR = frozenset({"juror"})


@dataclass(frozen=True)
class Row:
    """`path`: what the address names besides the event, as `parameter=name in the world` or a literal."""

    path: str = ""
    get: Who = None
    post: Who = None
    otherwise: int = 403
    is_of_event: bool = True

    @property
    def parts(self) -> dict[str, str]:
        return dict(part.split("=") for part in self.path.split())


def page(who: Who, path: str = "", **more: Any) -> Row:
    return Row(path, get=who, **more)


def act(who: Who, path: str = "", **more: Any) -> Row:
    return Row(path, post=who, **more)


def form(who: Who, path: str = "", **more: Any) -> Row:
    return Row(path, get=who, post=who, **more)


def site(get: Who = None, post: Who = None, path: str = "") -> Row:
    """An address of the site, not of an event."""
    return Row(path, get, post, is_of_event=False)


def ours(who: Who, path: str, **more: Any) -> Row:
    """Somebody's own: for others it does not exist."""
    return Row(path, otherwise=404, **more, **({} if more.keys() & {"get", "post"} else {"get": who}))


MATRIX: dict[str, Row] = {
    # --- The site ---
    "healthz": site(EVERYBODY),
    "readyz": site(EVERYBODY),
    "robots": site(EVERYBODY),
    "sitemap": site(EVERYBODY),
    "hackathon:home": site(EVERYBODY),
    "hackathon:legal": site(EVERYBODY),
    "hackathon:privacy": site(EVERYBODY),
    "hackathon:accessibility": site(EVERYBODY),
    "hackathon:account": site(SIGNED_IN),
    "hackathon:account_home": site(SIGNED_IN),
    "hackathon:verify": Row("code=unknown", get=NOBODY, otherwise=404, is_of_event=False),
    # no demo event here, and its personas are nobody else
    "judging:demo": site(EVERYBODY),
    "judging:demo_sign_in": Row(post=NOBODY, otherwise=404, is_of_event=False),
    "judging:stage": Row(post=NOBODY, otherwise=404, is_of_event=False),
    "judging:stage_progress": site(EVERYBODY),
    "judging:mailbox": site(EVERYBODY),
    # --- The event in public, and one's own part in it ---
    "hackathon:event": page(EVERYBODY),
    "hackathon:event_picture": page(EVERYBODY),
    "hackathon:programme": page(EVERYBODY),
    "hackathon:programme_ics": page(EVERYBODY),
    "hackathon:programme_json": page(EVERYBODY),
    "hackathon:screen": page(EVERYBODY),
    "hackathon:screen_part": page(EVERYBODY),
    "hackathon:rules": page(EVERYBODY),
    "hackathon:register": form(EVERYBODY),
    "hackathon:register_done": page(EVERYBODY),
    "hackathon:register_draft": act(EVERYBODY),
    "hackathon:register_afresh": act(EVERYBODY),
    "hackathon:register_resume": page(EVERYBODY, "token=draft"),
    "hackathon:register_party": form(EVERYBODY),
    "hackathon:register_party_done": page(EVERYBODY),
    "hackathon:answer_file": page(ORGANISER | OWN, "answer=answer", otherwise=404),
    "hackathon:invitations": form(ORGANISER),
    "hackathon:invitation_revoke": act(ORGANISER, "invitation=invitation"),
    "hackathon:form_preview": page(ORGANISER),
    "hackathon:me": page(SIGNED_IN | PASS),
    "hackathon:my_data": page(SIGNED_IN | PASS),
    "hackathon:my_data_file": ours(OWN, "person=person"),
    "hackathon:my_data_pdf": ours(OWN, "person=person"),
    "hackathon:my_data_correct": ours(OWN, "person=person", get=OWN, post=OWN),
    "hackathon:consent_change": ours(OWN, "person=person", post=NOBODY),  # 404 without a purpose: below
    "hackathon:pass": form(EVERYBODY),
    "hackathon:pass_end": act(EVERYBODY),
    "hackathon:my_data_erase": ours(OWN, "person=person", get=OWN, post=OWN),
    "hackathon:own_confirm": ours(OWN, "registration=own_registration", post=OWN),
    "hackathon:own_take_offer": ours(OWN, "registration=own_registration", post=OWN),
    "hackathon:own_cancel": ours(OWN, "registration=own_registration", get=OWN, post=OWN),
    # --- The welcome desk ---
    "hackathon:desk": page(ORGANISER | DESK),
    "hackathon:desk_now": page(ORGANISER | DESK),
    "hackathon:desk_scan": act(ORGANISER | DESK),
    "hackathon:desk_undo": act(ORGANISER | DESK, "entry=desk_act"),
    "hackathon:desk_rules": act(ORGANISER | DESK),
    "hackathon:desk_party": act(ORGANISER | DESK),
    "hackathon:desk_read": act(ORGANISER | DESK),
    "hackathon:desk_badge": form(ORGANISER | DESK, "registration=registration"),
    "hackathon:desk_restore": act(ORGANISER | DESK, "registration=registration"),
    "hackathon:desk_walk_in": form(ORGANISER | DESK),
    # --- The control tower ---
    "hackathon:tower": page(ORGANISER),
    "hackathon:windows": form(ORGANISER),
    "hackathon:window_times": act(ORGANISER, "window=window"),
    "hackathon:window_extension": act(ORGANISER, "window=window"),
    "hackathon:window_override": act(ORGANISER, "window=window"),
    "hackathon:places": form(ORGANISER),
    "hackathon:places_offer": act(ORGANISER),
    "hackathon:places_remind": act(ORGANISER),
    "hackathon:record": page(ORGANISER),
    "hackathon:mail": page(ORGANISER),
    "hackathon:mail_again": act(ORGANISER),
    "hackathon:mail_letter": page(ORGANISER, "mail=mail"),
    "hackathon:mail_taken": act(ORGANISER, "mail=mail"),
    "hackathon:letters": page(ORGANISER),
    "hackathon:letter": form(ORGANISER, "letter=registration_accepted language=fr"),
    "hackathon:letter_preview": act(ORGANISER, "letter=registration_accepted language=fr"),
    "hackathon:letter_reset": act(ORGANISER, "letter=registration_accepted language=fr"),
    "hackathon:letter_seen": page(ORGANISER, "letter=registration_accepted language=fr"),
    "hackathon:letter_switch": act(ORGANISER, "letter=your_code"),
    "hackathon:documents": page(ORGANISER | SECRETARY),
    "hackathon:document": page(ORGANISER | SECRETARY | PRESIDENT, "name=results language=fr"),
    "hackathon:job": ours(ORGANISER, "job=job"),
    "hackathon:job_progress": ours(ORGANISER, "job=job"),
    "hackathon:job_stop": ours(ORGANISER, "job=job", post=ORGANISER),
    "hackathon:job_file": ours(NOBODY, "job=job"),
    "hackathon:staff": form(ORGANISER),
    "hackathon:second_factor_switch": act(ORGANISER),
    "hackathon:second_factor_reset": act(ORGANISER, "duty=duty"),
    "hackathon:passes": form(ORGANISER),
    "hackathon:pass_make": act(ORGANISER, "registration=registration"),
    "hackathon:pass_revoke": act(ORGANISER, "registration=registration"),
    "hackathon:duty_take": act(ORGANISER, "duty=duty"),
    "hackathon:setup": page(ORGANISER),
    "hackathon:setup_facts": form(ORGANISER),
    "hackathon:day_add": act(ORGANISER),
    "hackathon:day_remove": act(ORGANISER, "day=day"),
    "hackathon:visibility": act(ORGANISER),
    "hackathon:shelf": page(ORGANISER, "shelf=roles"),
    "hackathon:shelf_new": form(ORGANISER, "shelf=roles"),
    "hackathon:shelf_row": form(ORGANISER, "shelf=roles row=row"),
    "hackathon:shelf_order": act(ORGANISER, "shelf=roles"),
    "hackathon:shelf_move": act(ORGANISER, "shelf=roles row=row"),
    "hackathon:shelf_remove": act(ORGANISER, "shelf=roles row=row"),
    "hackathon:people": page(ORGANISER),
    "hackathon:people_csv": page(ORGANISER),
    "hackathon:people_xlsx": page(ORGANISER),
    "hackathon:people_export": form(ORGANISER),
    "hackathon:people_act": form(ORGANISER),
    "hackathon:trend": page(ORGANISER),
    "hackathon:batch": page(ORGANISER, "batch=batch"),
    "hackathon:batch_undo": act(ORGANISER, "batch=batch"),
    "hackathon:catering": page(ORGANISER | CARE),
    "hackathon:needs_sheet": page(CARE),
    "hackathon:sms": page(ORGANISER),
    "hackathon:offer_places": act(ORGANISER),
    "hackathon:person": page(ORGANISER, "registration=registration"),
    "hackathon:badges": page(ORGANISER | DESK),
    "hackathon:badge_preview": page(ORGANISER | DESK),
    "hackathon:badges_sample": page(ORGANISER | DESK),
    "hackathon:badges_layout": act(ORGANISER),
    "hackathon:badges_print": act(ORGANISER | DESK),
    "hackathon:badge": page(ORGANISER | DESK, "registration=registration"),
    "hackathon:sign_in_sheets": page(ORGANISER | DESK),
    "hackathon:sign_in_sheet": page(ORGANISER | DESK, "day=day half=am"),
    "hackathon:attestations": form(ORGANISER),
    "hackathon:attestation_sample": page(ORGANISER),
    "hackathon:attestations_print": act(ORGANISER),
    "hackathon:person_attestation": act(ORGANISER, "registration=registration"),
    "hackathon:own_attestation": ours(OWN, "registration=own_registration", get=OWN, post=OWN),
    "hackathon:person_act": act(ORGANISER, "registration=registration"),
    "hackathon:person_correct": act(ORGANISER, "registration=registration"),
    "hackathon:import": form(ORGANISER),
    "hackathon:import_template": page(ORGANISER),
    "hackathon:import_rehearsal": form(ORGANISER, "token=gone"),
    "hackathon:import_confirm": act(ORGANISER, "token=gone"),
    "hackathon:import_done": page(ORGANISER, "token=gone"),
    "hackathon:import_refused": page(NOBODY, "token=gone"),  # 404 once the file is gone: below
    "hackathon:import_refused_xlsx": page(NOBODY, "token=gone"),
    "hackathon:import_profile_rename": act(ORGANISER, "profile=import_profile"),
    "hackathon:import_profile_remove": act(ORGANISER, "profile=import_profile"),
    # --- Teams ---
    "teams:formation": page(ORGANISER),
    "teams:propose": act(ORGANISER),
    "teams:announce": form(ORGANISER),
    "teams:team_list": page(ORGANISER),
    "teams:team": page(ORGANISER, "number=team"),
    "teams:hand_over": act(ORGANISER, "number=team"),
    "teams:lock": act(ORGANISER, "number=team"),
    "teams:morning": page(ORGANISER),
    "teams:repair": act(ORGANISER),
    "teams:renumber": act(ORGANISER),
    "teams:place": form(ORGANISER, "registration=registration"),
    "teams:mend": page(ORGANISER, "number=team"),
    "teams:merge": act(ORGANISER, "number=team"),
    "teams:split": act(ORGANISER, "number=team"),
    "teams:undo_merge": act(ORGANISER, "number=team"),
    "teams:disperse": form(ORGANISER, "number=team"),
    "teams:tables": form(ORGANISER),
    "teams:theme": page(EVERYBODY, "number=theme"),
    "teams:stop": act(ORGANISER, "proposal=proposal"),
    "teams:repair_summary": page(ORGANISER, "proposal=proposal"),
    "teams:proposal": page(ORGANISER, "proposal=proposal"),
    "teams:proposal_progress": page(ORGANISER, "proposal=proposal"),
    "teams:move": form(ORGANISER, "proposal=proposal"),
    "teams:proposals": page(ORGANISER),
    "teams:compare": page(ORGANISER),
    "teams:pictures": page(ORGANISER, "proposal=proposal"),
    "teams:label_proposal": act(ORGANISER, "proposal=proposal"),
    "teams:bring_back": act(ORGANISER, "proposal=proposal"),
    "teams:move_offers": page(ORGANISER, "proposal=proposal"),
    "teams:board_changes": page(ORGANISER, "proposal=proposal"),
    "teams:undo": act(ORGANISER, "proposal=proposal"),
    "teams:redo": act(ORGANISER, "proposal=proposal"),
    "teams:lock_on_board": act(ORGANISER, "proposal=proposal"),
    "teams:apply": form(ORGANISER, "proposal=proposal"),
    "teams:discard": act(ORGANISER, "proposal=proposal"),
    "teams:ideas": page(TEAMMATE | ORGANISER),
    "teams:idea_new": form(TEAMMATE),
    "teams:idea": page(TEAMMATE | ORGANISER, "idea=idea"),
    "teams:idea_edit": ours(OWN, "idea=idea", get=OWN, post=OWN),
    "teams:idea_back": ours(OWN, "idea=idea", post=OWN),
    "teams:idea_found": ours(OWN, "idea=idea", post=OWN),
    "teams:idea_support": act(TEAMMATE, "idea=idea"),
    "teams:idea_hide": act(ORGANISER, "idea=idea"),
    "teams:wishes": form(TEAMMATE),
    "teams:wish_list": form(ORGANISER),
    "teams:wish_person": act(ORGANISER, "wish=wish"),
    "teams:mentors": page(ORGANISER),
    "teams:take_help": act(ORGANISER, "help=help"),
    "teams:hand_help_over": act(ORGANISER, "help=help"),
    "teams:close_help": act(ORGANISER, "help=help"),
    "teams:help": ours(TEAMMATE, "number=team", get=TEAMMATE, post=TEAMMATE),
    "teams:cancel_help": ours(TEAMMATE, "number=team help=help", post=TEAMMATE),
    "teams:my_team": page(SIGNED_IN | PASS),
    "teams:found": act(TEAMMATE),
    "teams:join": act(TEAMMATE),
    "teams:search": act(TEAMMATE),
    "teams:answer_ask": ours(OWN, "ask=ask", post=OWN),
    "teams:take_ask_back": ours(CAPTAIN, "ask=ask", post=CAPTAIN),
    "teams:ask": ours(NOBODY, "number=team", post=NOBODY),  # that team looks for nobody
    "teams:leave": ours(TEAMMATE, "number=team", get=TEAMMATE, post=TEAMMATE),
    "teams:people": ours(CAPTAIN, "number=team"),
    "teams:invite": ours(CAPTAIN, "number=team", post=CAPTAIN),
    "teams:invite_seeker": ours(CAPTAIN, "number=team", post=CAPTAIN),
    "teams:look_for_people": ours(CAPTAIN, "number=team", post=CAPTAIN),
    "teams:renew_code": ours(CAPTAIN, "number=team", post=CAPTAIN),
    "teams:give_lead": ours(CAPTAIN, "number=team", post=CAPTAIN),
    "teams:own_team": ours(TEAMMATE, "number=team"),
    "teams:name_team": ours(TEAMMATE, "number=team", post=TEAMMATE),
    "teams:project": ours(TEAM, "number=team"),
    "teams:save_project": ours(TEAM, "number=team", post=TEAM),
    "teams:submit_project": ours(CAPTAIN, "number=team", get=CAPTAIN, post=CAPTAIN),
    "teams:files": ours(TEAM, "number=team", get=TEAM, post=TEAM),
    "teams:begin_file": ours(TEAM, "number=team", post=TEAM),
    "teams:file": ours(ORGANISER | TEAM, "file=file"),
    "teams:file_part": ours(TEAM, "file=file", get=TEAM, post=TEAM),
    "teams:finish_file": ours(TEAM, "file=file", post=TEAM),
    "teams:change_file": ours(TEAM, "file=file", post=TEAM),
    "teams:picture": ours(ORGANISER | TEAM, "file=file width=480"),
    "teams:late_files": page(ORGANISER),
    "teams:judge_late_file": act(ORGANISER, "file=file"),
    "teams:receipt": ours(TEAM, "number=team"),
    "teams:withdraw_project": ours(CAPTAIN, "number=team", get=CAPTAIN, post=CAPTAIN),
    "teams:versions": ours(TEAM | ORGANISER, "number=team"),
    "teams:version": ours(TEAM | ORGANISER, "number=team version=version"),
    "teams:restore_version": ours(TEAM, "number=team version=version", post=TEAM),
    "teams:declaration": ours(TEAM, "number=team", get=TEAM, post=TEAM),
    "teams:declarations": page(ORGANISER),
    "teams:remind_to_declare": act(ORGANISER),
    "teams:change_standing": act(ORGANISER, "number=team"),
    "teams:reopen_team": act(ORGANISER, "number=team"),
    "teams:close_reopening": act(ORGANISER, "number=team"),
    "teams:take_over": act(ORGANISER, "number=team"),
    "teams:fields": page(ORGANISER),
    "teams:add_field": form(ORGANISER),
    "teams:arrange_fields": act(ORGANISER),
    "teams:change_field": form(ORGANISER, "field=field"),
    "teams:move_field": act(ORGANISER, "field=field"),
    "teams:remove_field": act(ORGANISER, "field=field"),
    "teams:gallery": page(NOBODY, otherwise=404),  # once published: below
    "teams:public_project": page(NOBODY, "project=project", otherwise=404),
    "teams:feed": page(NOBODY, otherwise=404),
    "teams:gallery_picture": page(NOBODY, otherwise=404),
    "teams:project_picture": page(NOBODY, "project=project", otherwise=404),
    "teams:gallery_switch": form(ORGANISER),
    # --- The juror's own ---
    "judging:my_projects": page(JURY),
    "judging:hand_in_all": form(JURY),
    "judging:ballot": ours(ITS_JUROR, "ballot=ballot"),
    "judging:ballot_file": ours(ITS_JUROR, "ballot=ballot file=ballot_file"),
    "judging:ballot_picture": ours(ITS_JUROR, "ballot=ballot file=ballot_file width=480"),
    "judging:marks": ours(ITS_JUROR, "ballot=ballot", post=ITS_JUROR),
    "judging:texts": ours(ITS_JUROR, "ballot=ballot", post=ITS_JUROR),
    "judging:hand_in": ours(ITS_JUROR, "ballot=ballot", get=ITS_JUROR, post=ITS_JUROR),
    "judging:recuse": ours(ITS_JUROR, "ballot=ballot", get=ITS_JUROR, post=ITS_JUROR),
    "judging:my_conflicts": form(JURY),
    # Whoever holds a link that is still good enters by it: test_juror_links.py
    "judging:enter": form(NOBODY, "code=unknown", otherwise=404),
    # --- Those who look after the jury ---
    "judging:jury": page(ORGANISER | SECRETARY | PRESIDENT),
    "judging:round": page(ORGANISER | SECRETARY | PRESIDENT, "round=round"),
    "judging:add_juror": form(ORGANISER),
    "judging:panel": form(ORGANISER, "panel=panel"),
    "judging:unseat": act(ORGANISER, "member=seat"),
    "judging:invite_juror": act(ORGANISER, "juror=juror"),
    "judging:conflicts": page(ORGANISER),
    "judging:decide_conflict": act(ORGANISER),
    "judging:set_room": act(ORGANISER, "panel=panel"),
    "judging:repair": form(ORGANISER | PRESIDENT, "member=seat"),
    "judging:plan": form(ORGANISER, "round=round"),
    "judging:round_grid": form(ORGANISER, "round=round"),
    "judging:grid": form(ORGANISER),
    "judging:grid_version": form(ORGANISER, "version=grid"),
    "judging:preview_grid": page(ORGANISER, "version=grid"),
    "judging:import_grid": form(ORGANISER, "version=grid"),
    "judging:export_grid": page(ORGANISER, "version=grid"),
    "judging:draw_round": act(ORGANISER, "round=round"),
    "judging:remind_jurors": act(ORGANISER, "round=round"),
    "judging:open_round": form(ORGANISER | PRESIDENT, "round=round"),
    "judging:close_round": form(ORGANISER | PRESIDENT, "round=round"),
    "judging:finalists": act(PRESIDENT, "round=round"),
    "judging:excuse_juror": form(PRESIDENT, "member=seat"),
    "judging:reopen_ballot": form(PRESIDENT, "ballot=ballot"),
    "judging:prizes": page(ORGANISER),
    "judging:add_prize": form(ORGANISER),
    "judging:prizes_preset": act(ORGANISER),  # 404 for a preset that nobody offers: below
    "judging:prize": form(ORGANISER, "rule=rule"),
    "judging:remove_prize": act(ORGANISER, "rule=rule"),
    "judging:move_prize": act(ORGANISER, "rule=rule"),
    # --- Decision and results: nobody else knows of them before they are published ---
    "judging:deliberation": page(PRESIDENT | SECRETARY),
    "judging:decide": act(PRESIDENT),
    "judging:seal": act(PRESIDENT),
    "judging:publication": form(ORGANISER),
    "judging:report": page(ORGANISER),
    "judging:report_data": page(ORGANISER),
    "judging:results_preview": page(ORGANISER | SECRETARY | PRESIDENT),
    "judging:results": page(ORGANISER | SECRETARY | PRESIDENT, otherwise=404),
    "judging:results_pdf": page(ORGANISER | SECRETARY | PRESIDENT, otherwise=404),
}

#: Answers that differ from the rule of their row: (address, method) → role → status.
EXCEPTIONS: dict[tuple[str, str], dict[str, Any]] = {
    ("hackathon:consent_change", "post"): {"pass_holder": 404},  # as for the member: no purpose was named
    ("teams:submit_project", "get"): {"member": 403},  # the team is hers, handing in is the captain's
    ("teams:submit_project", "post"): {"member": 403},
    ("teams:withdraw_project", "get"): {"member": 403},
    ("teams:withdraw_project", "post"): {"member": 403},
    ("teams:versions", "get"): {"pass_holder": 404},
    ("teams:version", "get"): {"pass_holder": 404},
    ("teams:restore_version", "post"): {
        "pass_holder": 404,
        "organiser": 403,
    },  # who reads it and does not write it
    ("teams:people", "get"): {"member": 403},
    ("teams:invite", "post"): {"member": 403},
    ("teams:invite_seeker", "post"): {"member": 403},
    ("teams:look_for_people", "post"): {"member": 403},
    ("teams:renew_code", "post"): {"member": 403},
    ("teams:give_lead", "post"): {"member": 403},
    ("teams:answer_ask", "post"): {"captain": 403},  # who asked cannot answer
    ("teams:take_ask_back", "post"): {"member": 403},
    ("teams:ask", "post"): dict.fromkeys(("stranger", "pass_holder"), 404),
    ("judging:enter", "get"): dict.fromkeys(("stranger", "pass_holder"), 404),
    ("judging:enter", "post"): dict.fromkeys(("stranger", "pass_holder"), 404),
    ("hackathon:import_refused", "get"): {"organiser": 404},
    ("hackathon:import_refused_xlsx", "get"): {"organiser": 404},
    ("judging:prizes_preset", "post"): {"organiser": 404},
    ("judging:results", "get"): dict.fromkeys(("stranger", "pass_holder"), 404),
    ("judging:results_pdf", "get"): dict.fromkeys(("stranger", "pass_holder"), 404),
    ("teams:gallery", "get"): dict.fromkeys(("stranger", "pass_holder"), 404),
    ("teams:public_project", "get"): dict.fromkeys(("stranger", "pass_holder"), 404),
    ("teams:feed", "get"): {"stranger": 404, "pass_holder": 404},
    ("teams:gallery_picture", "get"): {"stranger": 404, "pass_holder": 404},
    ("teams:project_picture", "get"): {"stranger": 404, "pass_holder": 404},
    ("hackathon:verify", "get"): dict.fromkeys(("stranger", "pass_holder"), 404),
    ("judging:demo_sign_in", "post"): dict.fromkeys(("stranger", "pass_holder"), 404),
    ("judging:stage", "post"): dict.fromkeys(("stranger", "pass_holder"), 404),
}
