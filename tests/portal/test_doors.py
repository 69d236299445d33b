"""Who may do what: every address of the portal, asked by everybody who may come, in one table.

A row for each address and way of asking it; an address without a row fails the test. The columns:

    way        GET or POST (sent empty)
    address    its name in urls.py
    needs      the right that the page demands, as accounts/rights.py writes it, or
                 anybody   whoever is logged in
                 account   one's own account, also before the gates
                 public    everybody, logged in or not
                 guests    for those who are not logged in: `answer` is `logged in/not`
                 api       a program with a token (what each scope may is held in tests/portal/api/);
                           the session of a browser opens nothing
    thing      own = one thing of a provider, of which a stranger is told that there is none (404);
               -   = no thing, or one of the branch
    roles      who is let through, one letter a role in a fixed place, `-` for who is refused (403):
                 A administrator, R reporting, B billing, S contract signing, O read only, P potential,
                 U SIMP user, M SIMP administrator, G acting for others;
                 r registrations, c contracts, v verification, b bills, p payments, a administration, u audit;
               written by hand, so that a change of rights.py is seen here; `*` where anybody may
    answer     the status for who is let through; `200/302` where the branch is answered otherwise than a provider

Whoever is not logged in is sent to log in (302). To add an address: a row in the area where it belongs (or a new
area, `[name]`), and if something stands in the address, what it is, in door_things.py. An address that only
takes what is sent needs a POST row only.
"""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from rozlicz.portal.accounts.rights import ROLES, Right
from rozlicz.portal.providers.models import Provider
from tests.portal.door_things import Parts, names, things
from tests.portal.doors import Door, Visitor, one_operator_a_role, read_doors, with_all_roles
from tests.portal.month import bill, noon, template
from tests.portal.visitors import Visitors, visitors

__all__ = ["bill", "noon", "template", "things", "visitors"]

DOORS = read_doors("""
# way  address                     needs               thing roles             answer
[house]
GET    front_page                  public              -     *                 302
GET    desk                        anybody             -     *                 200
GET    set_language                public              -     *                 302
POST   set_language                public              -     *                 302

[account]
GET    account_login               guests              -     *                 302/200
GET    account_logout              account             -     *                 200
POST   account_logout              account             -     *                 302
GET    account_inactive            public              -     *                 200
GET    account_change_password     account             -     *                 200
POST   account_change_password     account             -     *                 200
POST   password_checklist          public              -     *                 200
GET    account                     account             -     *                 200
GET    account_details             account             -     *                 302
POST   account_details             account             -     *                 302
GET    sessions                    account             -     *                 200
POST   session_end                 account             -     *                 302

[rules_of_access]
GET    policies                    set_policies        -     --------- -----a- 200
GET    policy_new                  set_policies        -     --------- -----a- 200
POST   policy_new                  set_policies        -     --------- -----a- 200

[second_factor]
GET    account_reauthenticate      account             -     *                 200
POST   account_reauthenticate      account             -     *                 200
GET    mfa_index                   account             -     *                 200
GET    mfa_authenticate            public              -     *                 302
POST   mfa_authenticate            public              -     *                 302
GET    mfa_reauthenticate          account             -     *                 200
POST   mfa_reauthenticate          account             -     *                 200
GET    mfa_reauthenticate_webauthn account             -     *                 302
GET    mfa_activate_totp           account             -     *                 302
GET    second_factor_picture       account             -     *                 302
GET    mfa_deactivate_totp         account             -     *                 302
POST   mfa_deactivate_totp         account             -     *                 302
GET    mfa_list_webauthn           public              -     *                 302
GET    mfa_add_webauthn            account             -     *                 302
GET    mfa_remove_webauthn         account             -     *                 302
GET    mfa_view_recovery_codes     account             -     *                 302
GET    mfa_generate_recovery_codes account             -     *                 302
POST   mfa_generate_recovery_codes account             -     *                 302
GET    mfa_download_recovery_codes account             -     *                 302
POST   second_factor_codes_kept    account             -     *                 302
GET    second_factor_reset         manage_operators    own   A-------- -----a- 200
POST   second_factor_reset         manage_operators    own   A-------- -----a- 422

[registration]
GET    registration                guests              -     *                 302/200
POST   registration                guests              -     *                 302/422
GET    registration_continue       guests              -     *                 302/200
POST   registration_continue       guests              -     *                 302/422
GET    registration_kind           public              -     *                 302
POST   registration_kind           public              -     *                 302
GET    registration_party          public              -     *                 302
POST   registration_party          public              -     *                 302
GET    registration_places         public              -     *                 302
POST   registration_places         public              -     *                 302
GET    registration_account        public              -     *                 302
POST   registration_account        public              -     *                 302
GET    registration_administrator  public              -     *                 302
POST   registration_administrator  public              -     *                 302
GET    registration_regulations    public              -     *                 302
POST   registration_regulations    public              -     *                 302
GET    registration_check          public              -     *                 302
POST   registration_check          public              -     *                 302
GET    registration_state          public              -     *                 302
POST   registration_state          public              -     *                 302
GET    registration_document       public              -     *                 302
POST   registration_document       public              -     *                 302
POST   registration_send_paper     public              -     *                 302
POST   registration_leave          public              -     *                 302

[registrations]
GET    registrations               decide_registrations -    --------- r------ 200
GET    registration_of_queue       decide_registrations -    --------- r------ 200
GET    registration_issued         decide_registrations -    --------- r------ 200
GET    registration_paper          decide_registrations -    --------- r------ 200
POST   registration_complete       decide_registrations -    --------- r------ 422
POST   registration_refuse         decide_registrations -    --------- r------ 422
POST   registration_accept         decide_registrations -    --------- r------ 302
POST   registration_paper_arrived  decide_registrations -    --------- r------ 422

[administration]
GET    administration              anybody             -     *                 200
GET    roles                       anybody             -     *                 200
GET    acting                      anybody             -     *                 200/404
POST   act_for                     act_for_subordinates own  --------G ------- 302
POST   act_for_oneself             anybody             -     *                 403
GET    subordinations              decide_registrations -    --------- r------ 200
POST   subordinations              decide_registrations -    --------- r------ 422
POST   subordination_end           decide_registrations -    --------- r------ 422

[operators]
GET    operators                   manage_operators    -     A-------- -----a- 200
POST   operators                   manage_operators    -     A-------- -----a- 302
GET    operators_of_parties        manage_operators    -     A-------- -----a- 404/200
GET    operators_of_party          manage_operators    -     A-------- -----a- 404/200
GET    operator_add                manage_operators    -     A-------- -----a- 200
POST   operator_add                manage_operators    -     A-------- -----a- 422
GET    operator                    manage_operators    own   A-------- -----a- 200
GET    operator_details            manage_operators    own   A-------- -----a- 200
POST   operator_details            manage_operators    own   A-------- -----a- 422
GET    operator_block              manage_operators    own   A-------- -----a- 200
POST   operator_block              manage_operators    own   A-------- -----a- 422
GET    operator_unblock            manage_operators    own   A-------- -----a- 200
POST   operator_unblock            manage_operators    own   A-------- -----a- 422
GET    operator_password           manage_operators    own   A-------- -----a- 200
POST   operator_password           manage_operators    own   A-------- -----a- 422
GET    operator_administrator      manage_operators    own   A-------- -----a- 404/200
POST   operator_administrator      manage_operators    own   A-------- -----a- 404/422

[audit]
GET    audit                       see_audit           -     A-------- ------u 200
GET    audit_xlsx                  see_audit           -     A-------- ------u 200
GET    audit_entry                 see_audit           own   A-------- ------u 200

[contracts]
GET    contracts                   see_contracts       -     ARBSOP--- rcvbpau 200
GET    contracts_more              see_contracts       -     ARBSOP--- rcvbpau 200
GET    contract_files              see_contracts       -     ARBSOP--- rcvbpau 200
GET    contract                    see_contracts       own   ARBSOP--- rcvbpau 200
GET    contract_scope              see_contracts       own   ARBSOP--- rcvbpau 200
GET    contract_file_download      see_contracts       own   ARBSOP--- rcvbpau 200

[reports]
GET    reports                     see_reports         -     ARB-O---- --vb--u 200
GET    report_send                 send_reports        -     -R------- ------- 200
POST   report_send                 send_reports        -     -R------- ------- 200
GET    rules                       see_reports         -     ARB-O---- --vb--u 200
GET    rule                        see_reports         -     ARB-O---- --vb--u 200
GET    report                      see_reports         own   ARB-O---- --vb--u 200
GET    report_progress             see_reports         own   ARB-O---- --vb--u 302
POST   report_verify_again         verify_reports      own   --------- --v---- 302

[findings]
GET    report_findings             see_reports         own   ARB-O---- --vb--u 200
GET    report_findings_xlsx        see_reports         own   ARB-O---- --vb--u 200
GET    report_reply                see_reports         own   ARB-O---- --vb--u 200
GET    report_record               see_reports         own   ARB-O---- --vb--u 200

[settlements]
GET    settlements                 see_settlements     -     A-B-O---- --vbp-u 200
POST   settlements                 request_settlement  -     --B------ --v---- 200
GET    settlement_request          see_settlements     own   A-B-O---- --vbp-u 200
GET    settlement_progress         see_settlements     own   A-B-O---- --vbp-u 200
GET    settlement_whence           see_settlements     own   A-B-O---- --vbp-u 302
GET    settlement_whence_pdf       see_settlements     own   A-B-O---- --vbp-u 200
GET    settlement_whence_scope     see_settlements     own   A-B-O---- --vbp-u 200
GET    settlement_whence_scope_pdf see_settlements     own   A-B-O---- --vbp-u 200

[templates]
GET    template                    see_settlements     own   A-B-O---- --vbp-u 200
GET    template_positions          see_settlements     own   A-B-O---- --vbp-u 200
GET    template_positions_xlsx     see_settlements     own   A-B-O---- --vbp-u 200
GET    template_file               see_settlements     own   A-B-O---- --vbp-u 200

[bills]
GET    bills                       see_bills           -     A-B-O---- ---bp-u 200
GET    bill_make                   send_bills          own   --B------ ------- 302
POST   bill_make                   send_bills          own   --B------ ------- 302
GET    bill_upload                 send_bills          -     --B------ ------- 200
POST   bill_upload                 send_bills          -     --B------ ------- 200
GET    bill                        see_bills           own   A-B-O---- ---bp-u 200
GET    bill_file                   see_bills           own   A-B-O---- ---bp-u 200
GET    bill_attachment             see_bills           own   A-B-O---- ---bp-u 200
POST   bill_approve                approve_bills       own   --------- ---b--- 302
POST   bill_refuse                 approve_bills       own   --------- ---b--- 422

[payments]
GET    payments                    see_payments        -     A-B-O---- ---bp-u 200
GET    bank_accounts               see_payments        -     A-B-O---- ---bp-u 200
GET    due_day                     see_payments        -     A-B-O---- ---bp-u 200
POST   mark_payment_run            mark_payments       -     --------- ----p-- 302

[requests]
GET    requests                    see_requests        -     ARBSOP--- rcvbpau 200
GET    request                     see_requests        own   ARBSOP--- rcvbpau 200
GET    request_print               see_requests        own   ARBSOP--- rcvbpau 200
GET    request_attachment          see_requests        own   ARBSOP--- rcvbpau 200
GET    request_kinds               file_requests       -     ARBS-P--- ------- 200
GET    request_new                 file_requests       -     ARBS-P--- ------- 200
POST   request_new                 file_requests       -     ARBS-P--- ------- 302
GET    request_edit                file_requests       own   ARBS-P--- ------- 302
POST   request_edit                file_requests       own   ARBS-P--- ------- 302
POST   request_file_off            file_requests       own   ARBS-P--- ------- 302
POST   request_withdraw            file_requests       own   ARBS-P--- ------- 302
POST   request_ask                 decide_requests     own   --------- rcvbpa- 422
POST   request_accept              decide_requests     own   --------- rcvbpa- 302
POST   request_refuse              decide_requests     own   --------- rcvbpa- 422
POST   request_revoke              decide_requests     own   --------- rcvbpa- 422
POST   request_paper               decide_requests     own   --------- rcvbpa- 302

[periods]
GET    reporting_periods           see_reports         -     ARB-O---- --vb--u 200
POST   reporting_period_close      verify_reports      -     --------- --v---- 422
POST   reporting_period_open       verify_reports      -     --------- --v---- 422

[installations]
GET    installations               manage_installations -    A-------- -----a- 200
GET    installation                manage_installations own  A-------- -----a- 200
POST   installation                manage_installations own  A-------- -----a- 422/405
POST   installation_close          manage_installations own  A-------- -----a- 422
POST   token_revoke                manage_installations own  A-------- -----a- 302

[api]
GET    api_guide                   public              -     *                 200
GET    api_openapi                 public              -     *                 200
GET    api_me                      api                 -     *                 401
GET    api_contracts               api                 -     *                 401
GET    api_contract                api                 -     *                 401
GET    api_contract_file           api                 -     *                 401
GET    api_reports                 api                 -     *                 401
POST   api_report_send             api                 -     *                 401
GET    api_report                  api                 -     *                 401
GET    api_report_findings         api                 -     *                 401
GET    api_report_reply            api                 -     *                 401
GET    api_settlements             api                 -     *                 401
POST   api_settlement_ask          api                 -     *                 401
GET    api_settlement              api                 -     *                 401
GET    api_settlement_explanation  api                 -     *                 401
GET    api_templates               api                 -     *                 401
GET    api_template                api                 -     *                 401
GET    api_template_file           api                 -     *                 401
GET    api_template_bill           api                 -     *                 401
POST   api_template_bill_make      api                 -     *                 401
GET    api_bills                   api                 -     *                 401
POST   api_bill_send               api                 -     *                 401
GET    api_bill                    api                 -     *                 401
GET    api_bill_file               api                 -     *                 401
GET    api_payments                api                 -     *                 401
GET    api_transfers               api                 -     *                 401
GET    api_payments_due            api                 -     *                 401

[open]
GET    announcements               public              -     *                 200
GET    announcement                public              -     *                 200
GET    announcement_pdf            public              -     *                 200
GET    announcement_file           public              -     *                 200
GET    documents                   public              -     *                 200
GET    document                    public              -     *                 200
GET    help                        public              -     *                 200
GET    help_page                   public              -     *                 200
GET    help_pdf                    public              -     *                 200

[announcing]
GET    announcement_new            announce            -     --------- -----a- 200
POST   announcement_new            announce            -     --------- -----a- 422
GET    announcement_correct        announce            -     --------- -----a- 200
POST   announcement_correct        announce            -     --------- -----a- 422
POST   announcement_withdraw       announce            -     --------- -----a- 422
GET    document_new                announce            -     --------- -----a- 200
POST   document_new                announce            -     --------- -----a- 422
GET    survey_new                  announce            -     --------- -----a- 200
POST   survey_new                  announce            -     --------- -----a- 422
GET    survey_change               announce            -     --------- -----a- 200
POST   survey_change               announce            -     --------- -----a- 422
POST   survey_question_add         announce            -     --------- -----a- 422
POST   survey_question_remove      announce            -     --------- -----a- 302
POST   survey_publish              announce            -     --------- -----a- 302
GET    survey_results_xlsx         announce            -     --------- -----a- 200

[correspondence]
GET    correspondence              see_correspondence  -     ARBSOP--- rcvbpau 200
GET    parcels                     see_correspondence  -     ARBSOP--- rcvbpau 200
GET    parcel_new                  send_correspondence -     ARBS-P--- rcvbpa- 200
POST   parcel_new                  send_correspondence -     ARBS-P--- rcvbpa- 422
GET    parcel                      see_correspondence  own   ARBSOP--- rcvbpau 200
GET    parcel_answer               send_correspondence own   ARBS-P--- rcvbpa- 200
POST   parcel_answer               send_correspondence own   ARBS-P--- rcvbpa- 422
GET    parcel_receipt              see_correspondence  own   ARBSOP--- rcvbpau 200
POST   parcel_archive              send_correspondence own   ARBS-P--- rcvbpa- 302
POST   parcel_take_back            send_correspondence own   ARBS-P--- rcvbpa- 302
GET    parcel_file                 see_correspondence  own   ARBSOP--- rcvbpau 200
GET    surveys                     see_correspondence  -     ARBSOP--- rcvbpau 200
GET    survey                      see_correspondence  own   ARBSOP--- rcvbpau 200
GET    survey_reply                send_correspondence own   ARBS-P--- rcvbpa- 200/404
POST   survey_reply                send_correspondence own   ARBS-P--- rcvbpa- 302/404
GET    survey_check                send_correspondence own   ARBS-P--- rcvbpa- 200/404
POST   survey_check                send_correspondence own   ARBS-P--- rcvbpa- 302/404
GET    tickets                     see_correspondence  -     ARBSOP--- rcvbpau 200
GET    ticket_new                  send_correspondence -     ARBS-P--- rcvbpa- 200/404
POST   ticket_new                  send_correspondence -     ARBS-P--- rcvbpa- 422/404
GET    ticket                      see_correspondence  own   ARBSOP--- rcvbpau 200
POST   ticket_post                 send_correspondence own   ARBS-P--- rcvbpa- 422/404
POST   ticket_answer               answer_tickets      own   --------- -----a- 422
GET    ticket_file                 see_correspondence  own   ARBSOP--- rcvbpau 200
""")
ROWS = [door for doors in DOORS.values() for door in doors]
ANYBODY = {"anybody", "account", "public", "guests", "api"}


def test_every_address_has_its_row() -> None:
    addresses = names(get_resolver().url_patterns)
    assert not set(addresses) - {door.name for door in ROWS}, "no row"
    assert not {door.name for door in ROWS} - set(addresses), "no address"
    assert len(addresses) == len(set(addresses))
    assert len(ROWS) == len({str(door) for door in ROWS})


@pytest.mark.parametrize("door", [door for door in ROWS if door.needs not in ANYBODY], ids=str)
def test_the_roles_of_a_row_are_those_that_hold_its_right(door: Door) -> None:
    assert door.roles == {role for role, rights in ROLES.items() if Right(door.needs) in rights}


@pytest.fixture
def everybody(clinic: Provider, visitors: Visitors) -> list[Visitor]:
    """The owner and the branch with all roles, one operator for each role, a stranger, and who is not logged in."""
    of_one_role = list(one_operator_a_role(clinic))
    return [
        with_all_roles("the owner", visitors.clerk),
        *of_one_role,
        with_all_roles("the branch", visitors.inspector, is_payer=True),
        with_all_roles("a stranger", visitors.stranger, is_stranger=True),
        Visitor("not logged in", Client()),
    ]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("area", DOORS)
def test_who_may_do_what(area: str, things: dict[str, Parts], everybody: list[Visitor]) -> None:
    wrong = []
    for door in DOORS[area]:
        address = reverse(door.name, args=things.get(door.name))
        for one in everybody:
            found, expected = one.asks(door.method, address), door.answer(one)
            if found != expected:
                wrong.append(f"{door}, {one.who}: {found} instead of {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.django_db
def test_an_act_is_not_done_by_opening_its_address(things: dict[str, Parts], visitors: Visitors) -> None:
    pages = {door.name for door in ROWS if door.method == "GET"}
    for door in (door for door in ROWS if door.name not in pages and door.needs != "api"):
        address = reverse(door.name, args=things.get(door.name))
        answers = {visitor.get(address).status_code for visitor in (visitors.clerk, visitors.inspector)}
        assert answers in ({405}, {403, 405}), door


def of_the_clinic(things: dict[str, Parts]) -> dict[str, Parts]:
    """The pages that show one thing of the clinic, with what stands in their addresses."""
    pages = {door.name for door in ROWS if door.method == "GET" and door.thing == "own"}
    return {name: things[name] for name in sorted(pages)}


@pytest.mark.slow
@pytest.mark.django_db
def test_a_stranger_is_told_the_same_about_what_is_not_there(
    things: dict[str, Parts], visitors: Visitors
) -> None:
    """Whether a neighbour's thing exists cannot be seen from the answer."""
    for name, parts in of_the_clinic(things).items():
        there = visitors.stranger.get(reverse(name, args=parts))
        nowhere = visitors.stranger.get(reverse(name, args=[987654321, *parts[1:]]))
        assert (there.status_code, page(there)) == (nowhere.status_code, page(nowhere)), name


def page(response: HttpResponse) -> str:
    """The page without what differs from answer to answer: the token, and the address to come back to."""
    return re.sub(r'(value=|"X-CSRFToken": )"[^"]*"', "", response.content.decode())
