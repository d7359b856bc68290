"""Paths and names of the event, its people and their registrations."""

from django.urls import path

from .views import (
    account_pages,
    audit,
    desk,
    imports,
    legal,
    me,
    people,
    public,
    registration,
    setup,
    shelves,
    staff,
    tower,
)

app_name = "hackathon"

TOWER = "<slug:event>/tower/"
SETUP = TOWER + "setup/"

urlpatterns = [
    # The site
    path("", public.home_page, name="home"),
    path("legal/", legal.legal_page, name="legal"),
    path("privacy/", legal.privacy_page, name="privacy"),
    path("accessibility/", legal.accessibility_page, name="accessibility"),
    path("account/", account_pages.account_page, name="account"),
    path("account/home/", account_pages.account_home, name="account_home"),
    # The event, for everybody and for whoever takes part
    path("<slug:event>/", public.event_page, name="event"),
    path("<slug:event>/rules/", legal.rules_page, name="rules"),
    path("<slug:event>/programme/", public.programme_page, name="programme"),
    path("<slug:event>/programme.ics", public.programme_ics, name="programme_ics"),
    path("<slug:event>/me/", me.me_page, name="me"),
    path("<slug:event>/me/data/", me.my_data_page, name="my_data"),
    path("<slug:event>/me/data/<int:person>.json", me.my_data_file, name="my_data_file"),
    path("<slug:event>/me/data/<int:person>/erase/", me.my_data_erase, name="my_data_erase"),
    # The control tower
    path(TOWER, tower.tower_page, name="tower"),
    path(TOWER + "windows/", tower.windows_page, name="windows"),
    path(TOWER + "windows/<int:window>/times/", tower.window_times, name="window_times"),
    path(TOWER + "windows/<int:window>/extension/", tower.window_extension, name="window_extension"),
    path(TOWER + "windows/<int:window>/override/", tower.window_override, name="window_override"),
    path(TOWER + "record/", audit.record_page, name="record"),
    path(TOWER + "mail/", audit.mail_page, name="mail"),
    path(TOWER + "documents/", audit.documents_page, name="documents"),
    path(TOWER + "documents/<str:name>/<str:language>/", audit.document, name="document"),
    path(TOWER + "staff/", staff.staff_page, name="staff"),
    path(TOWER + "staff/<int:duty>/take/", staff.duty_take, name="duty_take"),
    # Its set-up
    path(SETUP, setup.setup_page, name="setup"),
    path(SETUP + "facts/", setup.setup_facts_page, name="setup_facts"),
    path(SETUP + "days/", setup.day_add, name="day_add"),
    path(SETUP + "days/<int:day>/remove/", setup.day_remove, name="day_remove"),
    path(SETUP + "visibility/", setup.visibility, name="visibility"),
    path(SETUP + "<str:shelf>/", shelves.shelf_page, name="shelf"),
    path(SETUP + "<str:shelf>/new/", shelves.shelf_form, name="shelf_new"),
    path(SETUP + "<str:shelf>/<int:row>/", shelves.shelf_form, name="shelf_row"),
    path(SETUP + "<str:shelf>/<int:row>/move/", shelves.shelf_move, name="shelf_move"),
    path(SETUP + "<str:shelf>/<int:row>/remove/", shelves.shelf_remove, name="shelf_remove"),
    # The welcome desk
    path("<slug:event>/desk/", desk.desk_page, name="desk"),
    path("<slug:event>/desk/now/", desk.desk_now, name="desk_now"),
    path("<slug:event>/desk/scan/", desk.desk_scan, name="desk_scan"),
    path("<slug:event>/desk/undo/<int:entry>/", desk.desk_undo, name="desk_undo"),
    path("<slug:event>/desk/rules/", desk.desk_rules, name="desk_rules"),
    path("<slug:event>/desk/walk-in/", desk.desk_walk_in, name="desk_walk_in"),
    # Registration: the public form, one's own registration, the organisers' list, imports
    path("<slug:event>/register/", registration.register_page, name="register"),
    path("<slug:event>/register/done/", registration.register_done_page, name="register_done"),
    path("<slug:event>/me/<int:registration>/confirm/", registration.own_confirm, name="own_confirm"),
    path(
        "<slug:event>/me/<int:registration>/take-offer/", registration.own_take_offer, name="own_take_offer"
    ),
    path("<slug:event>/me/<int:registration>/cancel/", registration.own_cancel, name="own_cancel"),
    path("<slug:event>/tower/people/", people.people_page, name="people"),
    path("<slug:event>/tower/people.csv", people.people_csv, name="people_csv"),
    path("<slug:event>/tower/people.xlsx", people.people_xlsx, name="people_xlsx"),
    path("<slug:event>/tower/people/offer/", people.offer_places, name="offer_places"),
    path("<slug:event>/tower/people/<int:registration>/", people.person_page, name="person"),
    path("<slug:event>/tower/people/<int:registration>/act/", people.person_act, name="person_act"),
    path("<slug:event>/tower/import/", imports.import_page, name="import"),
    path("<slug:event>/tower/import/template.csv", imports.import_template, name="import_template"),
    path("<slug:event>/tower/import/<str:token>/", imports.import_rehearsal_page, name="import_rehearsal"),
    path("<slug:event>/tower/import/<str:token>/confirm/", imports.import_confirm, name="import_confirm"),
    path("<slug:event>/tower/import/<str:token>/done/", imports.import_done_page, name="import_done"),
    path("<slug:event>/tower/import/<str:token>/refused.csv", imports.import_refused, name="import_refused"),
]
