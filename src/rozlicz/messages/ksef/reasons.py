"""What can stand between a bill and KSeF, as data. The codes `K-…` are this house's own."""

from __future__ import annotations

from rozlicz.kernel.branches import FUND_NIP
from rozlicz.kernel.legal import Basis
from rozlicz.kernel.refusals import Reason, reason
from rozlicz.kernel.texts import Text

SCHEMA = Basis(
    Text(
        pl="schemat FA(3) 1-0E (crd.gov.pl/wzor/2025/06/25/13775)",
        en="schema FA(3) 1-0E (crd.gov.pl/wzor/2025/06/25/13775)",
    )
)
KSEF_CHECKS = Basis(
    Text(
        pl="Ministerstwo Finansów, weryfikacja faktury w KSeF (ksef-docs, weryfikacja-faktury.md)",
        en="Ministry of Finance, checks of an invoice in KSeF (ksef-docs, weryfikacja-faktury.md)",
    )
)
IDENTIFIED = Basis(
    Text(
        pl="§ 23 ust. 8a ogólnych warunków umów: rachunek w KSeF wskazuje oddział, umowę i szablon",
        en="§ 23(8a) of the general terms of contracts: a bill in KSeF identifies branch, contract and template",
    )
)
_INVOICES_ONLY = Basis(
    Text(
        pl="FA(3) zna tylko rodzaje faktur (RodzajFaktury); rachunek i nota nie są fakturami",
        en="FA(3) knows kinds of invoices only (RodzajFaktury); an account or a note is none",
    )
)
_VAT_POINTS = Basis(
    Text(
        pl="art. 43 ust. 1 pkt 18–20 ustawy o VAT; pole P_19A schematu FA(3)",
        en="art. 43(1)(18)–(20) of the VAT act; field P_19A of the schema FA(3)",
    )
)
_COMES_BACK = Basis(
    Text(
        pl="przyjęta zasada: rachunek zapisany w FA(3) daje się odczytać bez strat",
        en="policy: a bill written as FA(3) can be read back without loss",
    ),
    confirmed=False,
)

_ENTRY = Text(pl="wpis", en="entry")
_LINES = Text(pl="pozycje", en="lines")
_FEWER_LINES = Text(
    pl="Proszę przesłać rachunek przez portal oddziału (FAKT) albo poprosić oddział o kilka szablonów.",
    en="Send the bill through the branch's portal (FAKT), or ask the branch for several templates.",
)

NO_INVOICE = reason(
    "K-101",
    Text(pl="rodzaj dokumentu", en="kind of document"),
    Text(
        pl="Dokument {found} nie jest fakturą, a KSeF przyjmuje tylko faktury.",
        en="The document {found} is no invoice; KSeF takes invoices only.",
    ),
    basis=_INVOICES_ONLY,
    remedy=Text(
        pl="Proszę wystawić fakturę (FAKT) albo przesłać ten dokument przez portal oddziału.",
        en="Make an invoice (FAKT), or send this document through the branch's portal.",
    ),
)
NO_EXEMPTION = reason(
    "K-102",
    Text(pl="podstawa zwolnienia z VAT", en="basis of VAT exemption"),
    Text(
        pl="Brakuje podstawy zwolnienia z VAT, którą faktura podaje w polu P_19A.",
        en="The basis of VAT exemption, which the invoice states in P_19A, is missing.",
    ),
    basis=_VAT_POINTS,
    remedy=Text(
        pl="Proszę podać punkt art. 43 ust. 1: 18, 19 albo 20.",
        en="Give the point of art. 43(1): 18, 19 or 20.",
    ),
)
NO_BRANCH = reason(
    "K-103",
    Text(pl="oddział", en="branch"),
    Text(pl="„{found}” nie jest kodem żadnego oddziału Funduszu.", en="“{found}” is the code of no branch."),
    basis=IDENTIFIED,
    remedy=Text(
        pl="Proszę podać dwucyfrowy kod oddziału, z którym zawarto umowę.",
        en="Give the two-digit code of the branch, the party to the contract.",
    ),
)
NO_TEMPLATE = reason(
    "K-104",
    Text(pl="szablon", en="template"),
    Text(
        pl="Numer szablonu {found} nie jest liczbą dodatnią do 12 cyfr.",
        en="The template's number {found} is no positive number of up to 12 digits.",
    ),
    basis=IDENTIFIED,
    remedy=Text(
        pl="Proszę wystawić fakturę z szablonu pobranego z portalu.",
        en="Make the invoice from a template downloaded from the portal.",
    ),
)
OTHER_BUYER = reason(
    "K-105",
    Text(pl="NIP nabywcy", en="buyer's NIP"),
    Text(
        pl="NIP nabywcy to {found}, a NIP Funduszu to {expected}: faktura trafiłaby do kogoś innego.",
        en="The buyer's NIP is {found}; the Fund's is {expected}: the invoice would go to somebody else.",
    ),
    basis=KSEF_CHECKS,
    remedy=Text(pl="Proszę wpisać NIP {expected}.", en="Enter the NIP {expected}."),
)
DAY_OUTSIDE = reason(
    "K-106",
    Text(pl="data", en="date"),
    Text(
        pl="{what}: {found} leży poza dniami, które przyjmuje KSeF ({expected}).",
        en="{what}: {found} lies outside the days that KSeF takes ({expected}).",
    ),
    basis=SCHEMA,
    remedy=Text(pl="Proszę poprawić datę.", en="Correct the date."),
)
CORRECTED_UNDATED = reason(
    "K-107",
    Text(pl="korekta", en="correction"),
    Text(
        pl="Faktura korygująca nie podaje daty wystawienia faktury korygowanej.",
        en="The correcting invoice does not say when the corrected one was issued.",
    ),
    basis=SCHEMA,
    remedy=Text(
        pl="Proszę podać datę wystawienia faktury korygowanej i jej numer KSeF, jeżeli go ma.",
        en="Give the date of issue of the corrected invoice, and its KSeF number where it has one.",
    ),
)
CORRECTS_NOTHING = reason(
    "K-108",
    Text(pl="korekta", en="correction"),
    Text(
        pl="Faktura podaje dane korekty, a nie wskazuje numeru faktury korygowanej.",
        en="The invoice holds data of a correction, but not the number of the corrected invoice.",
    ),
    basis=SCHEMA,
    remedy=Text(
        pl="Proszę podać numer faktury korygowanej albo usunąć dane korekty.",
        en="Give the number of the corrected invoice, or remove the data of the correction.",
    ),
)
FORM_OTHER = reason(
    "K-109",
    _ENTRY,
    Text(
        pl="{what}: „{found}” nie ma wymaganej postaci: {expected}.",
        en="{what}: “{found}” does not have the form it must have: {expected}.",
    ),
    basis=SCHEMA,
    remedy=Text(
        pl="Proszę poprawić wpis i wystawić fakturę jeszcze raz.", en="Correct it and make the invoice again."
    ),
)
TEXT_EMPTY = reason(
    "K-111",
    _ENTRY,
    Text(
        pl="{what} (pole {element}): nie ma wpisu, a KSeF go wymaga.",
        en="{what} (field {element}): nothing is entered; KSeF demands it.",
    ),
    basis=SCHEMA,
    remedy=Text(pl="Uzupełnij wpis.", en="Complete the entry."),
)
TEXT_LONG = reason(
    "K-112",
    _ENTRY,
    Text(
        pl="{what} (pole {element}): wpis ma {found} znaków, a KSeF przyjmuje najwyżej {expected}.",
        en="{what} (field {element}): the entry has {found} characters; KSeF takes at most {expected}.",
    ),
    basis=SCHEMA,
    remedy=Text(pl="Skróć wpis.", en="Shorten the entry."),
)
TEXT_SHORT = reason(
    "K-113",
    _ENTRY,
    Text(
        pl="{what} (pole {element}): wpis ma {found} znaków, a KSeF wymaga co najmniej {expected}.",
        en="{what} (field {element}): the entry has {found} characters; KSeF demands at least {expected}.",
    ),
    basis=SCHEMA,
    remedy=Text(pl="Uzupełnij wpis.", en="Complete the entry."),
)
TEXT_BLANKS = reason(
    "K-114",
    _ENTRY,
    Text(
        pl="{what} (pole {element}): odstępów na końcach, podwójnych i końców wierszy KSeF nie zachowuje.",
        en="{what} (field {element}): blanks at the ends, double ones and line ends are not kept by KSeF.",
    ),
    basis=SCHEMA,
    remedy=Text(pl="Proszę zostawić pojedyncze odstępy.", en="Leave single blanks."),
)
TEXT_LETTER = reason(
    "K-115",
    _ENTRY,
    Text(
        pl="{what} (pole {element}): wpis zawiera znak {found}, którego KSeF nie przyjmuje.",
        en="{what} (field {element}): the entry holds the character {found}, which KSeF does not take.",
    ),
    basis=KSEF_CHECKS,
    remedy=Text(pl="Proszę usunąć ten znak.", en="Remove this character."),
)
LINE_COUNT = reason(
    "K-121",
    _LINES,
    Text(
        pl="Liczba pozycji faktury to {found}, a KSeF przyjmuje od 1 do {expected}.",
        en="The invoice has {found} line(s); KSeF takes 1 to {expected}.",
    ),
    basis=SCHEMA,
    remedy=_FEWER_LINES,
)
DESCRIPTION_COUNT = reason(
    "K-122",
    _LINES,
    Text(
        pl="Faktura potrzebuje {found} dodatkowych opisów (po dwa na pozycję, jeden na załącznik), a KSeF przyjmuje "
        "najwyżej {expected}.",
        en="The invoice needs {found} additional descriptions (two a line, one an attachment); KSeF takes at most "
        "{expected}.",
    ),
    basis=SCHEMA,
    remedy=_FEWER_LINES,
)
LINE_NUMBER = reason(
    "K-123",
    _LINES,
    Text(
        pl="Numer pozycji {found} powtarza się albo nie jest liczbą dodatnią.",
        en="The line number {found} is repeated, or is no positive number.",
    ),
    basis=_COMES_BACK,
    remedy=Text(pl="Ponumeruj pozycje kolejno od 1.", en="Number the lines in order, from 1."),
)
NUMBER_LARGE = reason(
    "K-124",
    Text(pl="liczba", en="number"),
    Text(
        pl="Liczba w polu {element} ma więcej cyfr, niż można zapisać.",
        en="The number in the field {element} has more digits than can be written.",
    ),
    basis=SCHEMA,
    remedy=Text(pl="Proszę sprawdzić tę pozycję.", en="Check this line."),
)
FILE_LARGE = reason(
    "K-131",
    Text(pl="wielkość pliku", en="size of the file"),
    Text(
        pl="Faktura ma {found} bajtów, a KSeF przyjmuje najwyżej {expected}.",
        en="The invoice has {found} bytes; KSeF takes at most {expected}.",
    ),
    basis=KSEF_CHECKS,
    remedy=_FEWER_LINES,
)

REASONS: tuple[Reason, ...] = (
    NO_INVOICE,
    NO_EXEMPTION,
    NO_BRANCH,
    NO_TEMPLATE,
    OTHER_BUYER,
    DAY_OUTSIDE,
    CORRECTED_UNDATED,
    CORRECTS_NOTHING,
    FORM_OTHER,
    TEXT_EMPTY,
    TEXT_LONG,
    TEXT_SHORT,
    TEXT_BLANKS,
    TEXT_LETTER,
    LINE_COUNT,
    DESCRIPTION_COUNT,
    LINE_NUMBER,
    NUMBER_LARGE,
    FILE_LARGE,
)

NIP_FORM = Text(
    pl="dziesięć cyfr z właściwą cyfrą kontrolną, bez łączników",
    en="ten digits with the right check digit, without hyphens",
)
REGON_FORM = Text(pl="9 albo 14 cyfr", en="9 or 14 digits")
RECIPIENT_ID_FORM = Text(
    pl=f"{FUND_NIP}-00000: NIP Funduszu, łącznik i pięć cyfr",
    en=f"{FUND_NIP}-00000: the Fund's NIP, a hyphen and five digits",
)
ADDRESS_FORM = Text(
    pl="ulica z numerem, kod pocztowy 00-000 i miejscowość",
    en="street with number, postal code 00-000 and town",
)
ATTACHMENT_FORM = Text(
    pl="rodzaj z liter i cyfr (np. ENT), skrót SHA-256 i nazwa pliku",
    en="a kind of letters and digits (such as ENT), a SHA-256 and a file name",
)
