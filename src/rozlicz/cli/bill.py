"""`rozlicz bill`: the bill made from a template, and the payer's checks of a bill, on the provider's desk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from rozlicz.cli.context import EXIT_REFUSED, said, say, tell
from rozlicz.cli.contract import contract_of
from rozlicz.cli.saving import new_file
from rozlicz.cli.template import templates_of
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import BillKind, VatExemption

app = typer.Typer(
    no_args_is_help=True,
    help=say("Rachunek (FAKT, RACH, NOTA) z szablonu.", "A bill (FAKT, RACH, NOTA) from a template."),
)


TemplateOption = Annotated[
    Path,
    typer.Option(
        "--template",
        metavar=say("SZABLON.zrz", "TEMPLATE.zrz"),
        help=say("plik szablonów rachunków (R_UMX)", "file of bill templates (R_UMX)"),
    ),
]
ContractOption = Annotated[
    Path | None,
    typer.Option(
        "--contract",
        metavar=say("UMOWA.umx", "CONTRACT.umx"),
        help=say(
            "plik umowy (UMX): z nim porównuje się oznaczenie wystawcy",
            "contract file (UMX), to compare the issuer's designation with",
        ),
    ),
]
TemplateNumberOption = Annotated[
    int | None,
    typer.Option(
        "--template-number",
        metavar=say("NUMER", "NUMBER"),
        help=say("który szablon, gdy w pliku jest ich kilka", "which template, when the file holds several"),
    ),
]
ReceivedOption = Annotated[
    datetime | None,
    typer.Option(
        "--received-on",
        formats=["%Y-%m-%d"],
        help=say("dzień złożenia, domyślnie dziś", "day of delivery, today by default"),
    ),
]


KsefOption = Annotated[
    bool,
    typer.Option(
        "--ksef",
        help=say(
            "zapisz fakturę ustrukturyzowaną dla KSeF (FA(3), plik .xml)",
            "write a structured invoice for KSeF (FA(3), file .xml)",
        ),
    ),
]
CorrectsIssuedOnOption = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help=say(
            "KSeF: data wystawienia faktury korygowanej", "KSeF: date of issue of the corrected invoice"
        ),
    ),
]
CorrectsKsefNumberOption = Annotated[
    str,
    typer.Option(
        help=say(
            "KSeF: numer KSeF faktury korygowanej, jeżeli go ma",
            "KSeF: the corrected invoice's number in KSeF, where it has one",
        )
    ),
]
RecipientIdOption = Annotated[
    str,
    typer.Option(
        metavar="1070001057-00000",
        help=say(
            "KSeF: identyfikator wewnętrzny oddziału, jeżeli oddział go podał",
            "KSeF: the branch's internal identifier, where the branch has told it",
        ),
    ),
]


BUILD_EXAMPLE = (
    "rozlicz bill build --template szablon.zrz --issuer wystawca.toml --contract umowa.umx -o rachunek.erx"
)
CHECK_EXAMPLE = "rozlicz bill check rachunek.erx --template szablon.zrz --contract umowa.umx"


@app.command(
    epilog=BUILD_EXAMPLE,
    help=say(
        "Zrób rachunek z szablonu.\n\n"
        "Rachunek jest od razu sprawdzany; gdy oddział by go odrzucił, plik nie powstaje.",
        "Make the bill of a template.\n\n"
        "The bill is checked at once; where the branch would refuse it, no file is written.",
    ),
)
def build(
    *,
    template: TemplateOption,
    issuer: Annotated[
        Path,
        typer.Option(
            "--issuer",
            metavar=say("WYSTAWCA.toml", "ISSUER.toml"),
            help=say("plik wystawcy (przykład: examples/wystawca.toml)", "the issuer's file"),
        ),
    ],
    target: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar=say("RACHUNEK.erx", "BILL.erx"),
            help=say("plik rachunku", "the bill's file"),
        ),
    ],
    contract: ContractOption = None,
    template_number: TemplateNumberOption = None,
    kind: Annotated[
        BillKind | None,
        typer.Option(
            case_sensitive=False,
            help=say(
                "FAKT (plik .efx), RACH (plik .erx) albo NOTA (plik .enx)",
                "FAKT (file .efx), RACH (file .erx) or NOTA (file .enx)",
            ),
        ),
    ] = None,
    number: Annotated[
        str,
        typer.Option(
            help=say("numer rachunku; bez niego z numeracji wystawcy", "number; else after the issuer's file")
        ),
    ] = "",
    issued_on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help=say("data wystawienia, domyślnie dziś", "date of issue, today by default"),
        ),
    ] = None,
    received_on: ReceivedOption = None,
    vat: Annotated[
        VatExemption | None,
        typer.Option(
            help=say(
                "punkt art. 43 ust. 1 ustawy o VAT; bez niego z pliku wystawcy",
                "point of art. 43(1), VAT act",
            )
        ),
    ] = None,
    corrects: Annotated[
        str, typer.Option(help=say("numer korygowanego rachunku", "number of the corrected bill"))
    ] = "",
    reason: Annotated[str, typer.Option(help=say("przyczyna korekty", "reason of the correction"))] = "",
    attach: Annotated[
        list[str] | None,
        typer.Option(
            metavar=say("RODZAJ=PLIK", "KIND=FILE"),
            help=say("załącznik, np. ENT=ekuz.pdf", "an attachment, such as ENT=ekuz.pdf"),
        ),
    ] = None,
    generation: Annotated[
        int | None,
        typer.Option(
            min=1,
            help=say("numer generacji komunikatu (nr-gen)", "generation number of the message (nr-gen)"),
        ),
    ] = None,
    bill_type: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=11,
            help=say(
                "typ-rach: zapisz dane rachunku papierowego (REF, plik .rfx)",
                "typ-rach: write the data of a paper bill (REF, file .rfx)",
            ),
        ),
    ] = None,
    sign: Annotated[
        Path | None,
        typer.Option(
            metavar=say("KLUCZ.p12", "KEY.p12"),
            help=say(
                "podpisz kluczem z pliku .p12 albo PEM (hasło: ROZLICZ_KEY_PASSWORD lub pytanie)",
                "sign with the key of a .p12 or PEM file (password: ROZLICZ_KEY_PASSWORD, or asked for)",
            ),
        ),
    ] = None,
    ksef: KsefOption = False,
    corrects_issued_on: CorrectsIssuedOnOption = None,
    corrects_ksef_number: CorrectsKsefNumberOption = "",
    recipient_id: RecipientIdOption = "",
) -> None:
    """Write the bill when it passes the checks; else say what is wrong and write nothing."""
    from rozlicz.cli import bill_desk as desk
    from rozlicz.cli.bill_file import bill_content, way_of
    from rozlicz.cli.bill_ksef import check_options, ksef_content
    from rozlicz.documents.bills import check_bill, draft_bill_of

    moment = desk.now_in_warsaw()
    way = way_of(target, bill_type=bill_type, on_screen_only=bool(sign or attach))
    only_with_ksef = (corrects_issued_on, corrects_ksef_number, recipient_id)
    check_options(ksef=ksef, only_with=only_with_ksef, not_with=(bill_type, sign))
    bill_kind = desk.kind_of(kind or (BillKind.INVOICE if ksef else None), target)
    who = desk.issuer_of(issuer)
    chosen = desk.chosen_template(templates_of(template), template_number)
    bill = draft_bill_of(
        template=chosen,
        issuer=who.party,
        kind=bill_kind,
        number=number or who.number_for(chosen),
        issued_on=(issued_on or moment).date(),
        vat_exemption=vat or (None if bill_kind is BillKind.NOTE else who.vat_exemption),
        bank_account=who.bank_account,
        corrects_number=corrects,
        correction_reason=reason,
        attachments=[desk.attachment_reference(one) for one in attach or ()],
    )
    refusals = check_bill(
        bill,
        template=chosen,
        contract=contract_of(contract) if contract else None,
        received_on=(received_on or moment).date(),
        template_already_billed=False,
        numbers_used=(),
        way=way,
        bill_type=bill_type,
    )
    desk.tell_refusals(refusals)
    if ksef:
        content = ksef_content(
            bill,
            moment=moment,
            corrects_issued_on=corrects_issued_on and corrects_issued_on.date(),
            corrects_ksef_number=corrects_ksef_number,
            recipient_id=recipient_id,
        )
    else:
        content = bill_content(
            bill,
            branch=chosen.branch,
            issuer=who,
            generation=generation,
            moment=moment,
            bill_type=bill_type,
            key=sign,
        )
    with new_file(target) as file:
        file.write(content)
    desk.show_bill(bill)
    told = Text(pl="Zapisano rachunek {path}.", en="The bill {path} is written.").filled(path=target)
    tell(said(told), style="green")


@app.command(
    epilog=CHECK_EXAMPLE,
    help=say("Sprawdź rachunek tak, jak sprawdza go oddział.", "Check a bill as the branch checks it."),
)
def check(
    *,
    file: Annotated[
        Path,
        typer.Argument(metavar=say("RACHUNEK.erx", "BILL.erx"), help=say("plik rachunku", "the bill's file")),
    ],
    template: TemplateOption,
    contract: ContractOption = None,
    bank_account: Annotated[
        str,
        typer.Option(
            help=say("rachunek bankowy zgłoszony do umowy", "bank account registered for the contract")
        ),
    ] = "",
    received_on: ReceivedOption = None,
    roots: Annotated[
        Path | None,
        typer.Option(
            metavar="ROOTS.pem",
            help=say(
                "certyfikaty wystawców, którym ufasz (do sprawdzenia podpisu)",
                "certificates of the issuers you trust, to judge a signature by",
            ),
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=say("wynik dla programów", "the result for programs"))
    ] = False,
) -> None:
    """Say everything that is wrong with a bill; exit status 1 when the branch would refuse it."""
    from rozlicz.cli import bill_desk as desk
    from rozlicz.cli.bill_file import bill_of_file
    from rozlicz.cli.bill_ksef import ksef_json, show_ksef
    from rozlicz.cli.bill_signing import show_signatures
    from rozlicz.documents.bills import check_bill
    from rozlicz.documents.refusals import is_refused
    from rozlicz.documents.ways import Way

    bill, bill_type, signatures, ksef = bill_of_file(file, roots=roots)
    quoted = next((one for one in templates_of(template) if one.number == bill.template), None)
    refusals = check_bill(
        bill,
        template=quoted,
        contract=contract_of(contract) if contract else None,
        received_on=(received_on or desk.now_in_warsaw()).date(),
        template_already_billed=False,
        numbers_used=(),
        registered_bank_accounts=[bank_account] if bank_account else [],
        way=Way.E_DOCUMENT if bill_type is None else Way.REF_AND_PAPER,
        bill_type=bill_type,
        signatures=signatures,
    )
    if as_json:
        more = {"ksef": ksef_json(ksef)} if ksef else None
        typer.echo(desk.result_json(bill, refusals, signatures, more))
        raise typer.Exit(EXIT_REFUSED if is_refused(refusals) else 0)
    desk.show_bill(bill)
    show_signatures(signatures)
    if ksef:
        show_ksef(ksef)
    desk.tell_refusals(refusals)
    tell(said(_AGREES), style="green")


_AGREES = Text(
    pl="Rachunek jest zgodny z szablonem. Oddział sprawdzi jeszcze to, czego tu nie widać: czy szablon i numer "
    "nie były już użyte oraz załączniki.",
    en="The bill agrees with its template. The branch will also check what cannot be seen here: whether template "
    "and number were used before, and the attachments.",
)
