"""Numbers of the lump sum of the hospital network (PSZ) that have dates. Shares and thresholds ×10,000."""

from __future__ import annotations

from datetime import date

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import Units
from rozlicz.kernel.texts import Text

NETWORK_REGULATION = Basis(
    Text(
        pl="rozporządzenie MZ z 22.09.2017 w sprawie sposobu ustalania ryczałtu PSZ (Dz.U. 2025 poz. 878)",
        en="regulation of 22 Sep 2017 on how the lump sum of the hospital network is set (Dz.U. 2025 item 878)",
    )
)
DELETED_PROFILES = Basis(
    Text(
        pl="§ 3d rozporządzenia z 22.09.2017, dodany Dz.U. 2026 poz. 105: ryczałt na lata 2026–2029",
        en="§ 3d of the regulation of 22 Sep 2017, added by Dz.U. 2026 item 105: lump sums of 2026–2029",
    )
)
VERIFIED_DOCUMENTS = Basis(
    Text(
        pl="Pomorski OW NFZ, komunikat 6296: do wykonania ryczałtu liczą się pozycje zweryfikowane pozytywnie, z "
        "prawidłowym dokumentem uprawniającym",
        en="Pomeranian branch, notice 6296: positions verified positively, with a correct entitlement "
        "document, count as execution of the lump sum",
    )
)
_PRESS = Basis(
    Text(
        pl="progi wykonania ryczałtu za prasą (gazetaprawna.pl 9805298, rp.pl 304109984); wzoru nie widziano",
        en="thresholds of execution after the press (gazetaprawna.pl 9805298, rp.pl 304109984); formula not seen",
    ),
    confirmed=False,
)
_NETWORK_BEGAN = date(2017, 10, 1)

LOWER_THRESHOLD: Parameter[Units] = Parameter(
    name="hospital_network_lower_threshold",
    meaning=Text(
        pl="Wykonanie poniżej tego progu obniża następny ryczałt",
        en="Execution below this threshold lowers the next lump sum",
    ),
    rulings=(Ruling(value=9_800, since=_NETWORK_BEGAN, basis=_PRESS),),
)
UPPER_THRESHOLD: Parameter[Units] = Parameter(
    name="hospital_network_upper_threshold",
    meaning=Text(
        pl="Wykonanie od tego progu może podnieść następny ryczałt",
        en="Execution from this threshold on may raise the next lump sum",
    ),
    rulings=(Ruling(value=10_200, since=_NETWORK_BEGAN, basis=_PRESS),),
)
DELETED_PROFILE_SHARE: Parameter[Units] = Parameter(
    name="hospital_network_deleted_profile_share",
    meaning=Text(
        pl="Część jednostek wykreślonego profilu, o którą zwiększa się wykonanie poniżej progu",
        en="The share of a deleted profile's units by which execution below the threshold is increased",
    ),
    rulings=(
        Ruling(value=0, since=_NETWORK_BEGAN, basis=NETWORK_REGULATION),
        Ruling(value=5_000, since=date(2026, 1, 1), basis=DELETED_PROFILES),
        Ruling(value=0, since=date(2030, 1, 1), basis=DELETED_PROFILES),
    ),
)
DELETED_PROFILE_PERIODS: Parameter[int] = Parameter(
    name="hospital_network_deleted_profile_periods",
    meaning=Text(
        pl="W ilu okresach rozliczeniowych po wykreśleniu profilu zwiększa się wykonanie",
        en="In how many settlement periods after a profile was deleted execution is increased",
    ),
    rulings=(Ruling(value=2, since=_NETWORK_BEGAN, basis=DELETED_PROFILES),),
)
ONE_OFF_SHARE: Parameter[Units] = Parameter(
    name="hospital_network_one_off_share",
    meaning=Text(
        pl="Jaką część wartości nadwykonań ryczałtu zapłacono jednorazowo",
        en="What share of the value of over-execution of the lump sum was paid once",
    ),
    rulings=(
        Ruling(value=0, since=_NETWORK_BEGAN, basis=NETWORK_REGULATION),
        Ruling(
            value=6_000,
            since=date(2022, 12, 1),
            basis=Basis(
                Text(
                    pl="jednorazowa zapłata 60 % nadwykonań, grudzień 2022 (gazetaprawna.pl 8616370)",
                    en="one-off payment of 60 % of over-execution, December 2022 (gazetaprawna.pl 8616370)",
                )
            ),
        ),
        Ruling(value=0, since=date(2023, 1, 1), basis=NETWORK_REGULATION),
        Ruling(
            value=2_700,
            since=date(2025, 1, 1),
            basis=Basis(
                Text(
                    pl="zapowiedź zapłaty 27 % nadwykonań, 2025 (gazetaprawna.pl 9805298)",
                    en="announced payment of 27 % of over-execution, 2025 (gazetaprawna.pl 9805298)",
                ),
                confirmed=False,
            ),
        ),
        Ruling(value=0, since=date(2026, 1, 1), basis=NETWORK_REGULATION),
    ),
)
"""By the day on which the payment is made."""
