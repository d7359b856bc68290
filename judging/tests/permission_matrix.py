"""Who may open what, read as policy: one row per address of the site.

In a row, `get` and `post` name who gets in; None says that the method is not served. Everybody else is refused with
`otherwise`; a stranger is sent to sign in first. test_permissions.py holds the site to it, on an event that is decided
and sealed but not published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from judging.tests.permission_world import ROLES

Who = frozenset[str] | None

EVERYBODY = frozenset(ROLES)
NOBODY: Who = frozenset()
SIGNED_IN = EVERYBODY - {"stranger"}
ORGANISER = frozenset({"organiser"})
PRESIDENT = frozenset({"president"})
SECRETARY = frozenset({"secretary"})
DESK = frozenset({"desk"})
TEAM = frozenset({"member", "captain"})
CAPTAIN = frozenset({"captain"})
MEMBER = frozenset({"member"})
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
    "hackathon:home": site(EVERYBODY),
    "hackathon:legal": site(EVERYBODY),
    "hackathon:privacy": site(EVERYBODY),
    "hackathon:accessibility": site(EVERYBODY),
    "hackathon:account": site(SIGNED_IN),
    "hackathon:account_home": site(SIGNED_IN),
    "judging:verify": Row("code=unknown", get=NOBODY, otherwise=404, is_of_event=False),
    # no demo event here, and its personas are nobody else
    "judging:demo": site(EVERYBODY),
    "judging:demo_sign_in": Row(post=NOBODY, otherwise=404, is_of_event=False),
    "judging:stage": Row(post=NOBODY, otherwise=404, is_of_event=False),
    "judging:stage_progress": site(EVERYBODY),
    "judging:mailbox": site(EVERYBODY),
    # --- The event in public, and one's own part in it ---
    "hackathon:event": page(EVERYBODY),
    "hackathon:programme": page(EVERYBODY),
    "hackathon:programme_ics": page(EVERYBODY),
    "hackathon:rules": page(EVERYBODY),
    "hackathon:register": form(EVERYBODY),
    "hackathon:register_done": page(EVERYBODY),
    "hackathon:me": page(SIGNED_IN),
    "hackathon:my_data": page(SIGNED_IN),
    "hackathon:my_data_file": ours(MEMBER, "person=person"),
    "hackathon:my_data_erase": ours(MEMBER, "person=person", get=MEMBER, post=MEMBER),
    "hackathon:own_confirm": ours(MEMBER, "registration=own_registration", post=MEMBER),
    "hackathon:own_take_offer": ours(MEMBER, "registration=own_registration", post=MEMBER),
    "hackathon:own_cancel": ours(MEMBER, "registration=own_registration", post=MEMBER),
    # --- The welcome desk ---
    "hackathon:desk": page(ORGANISER | DESK),
    "hackathon:desk_now": page(ORGANISER | DESK),
    "hackathon:desk_scan": act(ORGANISER | DESK),
    "hackathon:desk_undo": act(ORGANISER | DESK, "entry=desk_act"),
    "hackathon:desk_rules": act(ORGANISER | DESK),
    "hackathon:desk_walk_in": form(ORGANISER | DESK),
    # --- The control tower ---
    "hackathon:tower": page(ORGANISER),
    "hackathon:windows": form(ORGANISER),
    "hackathon:window_times": act(ORGANISER, "window=window"),
    "hackathon:window_extension": act(ORGANISER, "window=window"),
    "hackathon:window_override": act(ORGANISER, "window=window"),
    "hackathon:record": page(ORGANISER),
    "hackathon:mail": page(ORGANISER),
    "hackathon:documents": page(ORGANISER | SECRETARY),
    "hackathon:document": page(ORGANISER | SECRETARY | PRESIDENT, "name=results language=fr"),
    "hackathon:staff": form(ORGANISER),
    "hackathon:duty_take": act(ORGANISER, "duty=duty"),
    "hackathon:setup": page(ORGANISER),
    "hackathon:setup_facts": form(ORGANISER),
    "hackathon:day_add": act(ORGANISER),
    "hackathon:day_remove": act(ORGANISER, "day=day"),
    "hackathon:visibility": act(ORGANISER),
    "hackathon:shelf": page(ORGANISER, "shelf=roles"),
    "hackathon:shelf_new": form(ORGANISER, "shelf=roles"),
    "hackathon:shelf_row": form(ORGANISER, "shelf=roles row=row"),
    "hackathon:shelf_move": act(ORGANISER, "shelf=roles row=row"),
    "hackathon:shelf_remove": act(ORGANISER, "shelf=roles row=row"),
    "hackathon:people": page(ORGANISER),
    "hackathon:people_csv": page(ORGANISER),
    "hackathon:people_xlsx": page(ORGANISER),
    "hackathon:offer_places": act(ORGANISER),
    "hackathon:person": page(ORGANISER, "registration=registration"),
    "hackathon:person_act": act(ORGANISER, "registration=registration"),
    "hackathon:import": form(ORGANISER),
    "hackathon:import_template": page(ORGANISER),
    "hackathon:import_rehearsal": form(ORGANISER, "token=gone"),
    "hackathon:import_confirm": act(ORGANISER, "token=gone"),
    "hackathon:import_done": page(ORGANISER, "token=gone"),
    "hackathon:import_refused": page(NOBODY, "token=gone"),  # 404 once the file is gone: below
    # --- Teams ---
    "teams:formation": page(ORGANISER),
    "teams:propose": act(ORGANISER),
    "teams:announce": form(ORGANISER),
    "teams:team_list": page(ORGANISER),
    "teams:team": page(ORGANISER, "number=team"),
    "teams:hand_over": act(ORGANISER, "number=team"),
    "teams:lock": act(ORGANISER, "number=team"),
    "teams:proposal": page(ORGANISER, "proposal=proposal"),
    "teams:proposal_progress": page(ORGANISER, "proposal=proposal"),
    "teams:move": form(ORGANISER, "proposal=proposal"),
    "teams:undo": act(ORGANISER, "proposal=proposal"),
    "teams:apply": form(ORGANISER, "proposal=proposal"),
    "teams:discard": act(ORGANISER, "proposal=proposal"),
    "teams:my_team": page(SIGNED_IN),
    "teams:own_team": ours(TEAM, "number=team"),
    "teams:name_team": ours(TEAM, "number=team", post=TEAM),
    "teams:project": ours(TEAM, "number=team"),
    "teams:save_project": ours(TEAM, "number=team", post=TEAM),
    "teams:submit_project": ours(CAPTAIN, "number=team", get=CAPTAIN, post=CAPTAIN),
    "teams:receipt": ours(TEAM, "number=team"),
    "teams:gallery": page(NOBODY, otherwise=404),  # once published: below
    "teams:public_project": page(NOBODY, "project=project", otherwise=404),
    # --- The juror's own ---
    "judging:my_projects": page(JURY),
    "judging:hand_in_all": form(JURY),
    "judging:ballot": ours(ITS_JUROR, "ballot=ballot"),
    "judging:marks": ours(ITS_JUROR, "ballot=ballot", post=ITS_JUROR),
    "judging:texts": ours(ITS_JUROR, "ballot=ballot", post=ITS_JUROR),
    "judging:hand_in": ours(ITS_JUROR, "ballot=ballot", get=ITS_JUROR, post=ITS_JUROR),
    "judging:recuse": ours(ITS_JUROR, "ballot=ballot", get=ITS_JUROR, post=ITS_JUROR),
    # --- Those who look after the jury ---
    "judging:jury": page(ORGANISER | SECRETARY | PRESIDENT),
    "judging:round": page(ORGANISER | SECRETARY | PRESIDENT, "round=round"),
    "judging:add_juror": form(ORGANISER),
    "judging:panel": form(ORGANISER, "panel=panel"),
    "judging:unseat": act(ORGANISER, "member=seat"),
    "judging:grid": form(ORGANISER),
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
    "judging:results_preview": page(ORGANISER | SECRETARY | PRESIDENT),
    "judging:results": page(ORGANISER | SECRETARY | PRESIDENT, otherwise=404),
    "judging:results_pdf": page(ORGANISER | SECRETARY | PRESIDENT, otherwise=404),
}

#: Answers that differ from the rule of their row: (address, method) → role → status.
EXCEPTIONS: dict[tuple[str, str], dict[str, Any]] = {
    ("teams:submit_project", "get"): {"member": 403},  # the team is hers, handing in is the captain's
    ("teams:submit_project", "post"): {"member": 403},
    ("hackathon:import_refused", "get"): {"organiser": 404},
    ("judging:prizes_preset", "post"): {"organiser": 404},
    ("judging:results", "get"): {"stranger": 404},
    ("judging:results_pdf", "get"): {"stranger": 404},
    ("teams:gallery", "get"): {"stranger": 404},
    ("teams:public_project", "get"): {"stranger": 404},
    ("judging:verify", "get"): {"stranger": 404},
    ("judging:demo_sign_in", "post"): {"stranger": 404},
    ("judging:stage", "post"): {"stranger": 404},
}
