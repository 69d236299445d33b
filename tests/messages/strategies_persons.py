"""Any person and entitlement document that can be written."""

from hypothesis import strategies as st

from rozlicz.messages.persons import EntitlementDocument, Person, PersonIdType, Sex
from tests.messages.strategies import DAYS, TEXTS

PERSONS = st.builds(
    Person,
    id_type=st.sampled_from(PersonIdType),
    id=TEXTS,
    sex=st.none() | st.sampled_from(Sex),
    born_on=st.none() | DAYS,
    surname=TEXTS,
    first_name=TEXTS,
)
ENTITLEMENT_DOCUMENTS = st.builds(
    EntitlementDocument,
    kind=TEXTS,
    number=TEXTS,
    country=TEXTS,
    valid_from=st.none() | DAYS,
    valid_to=st.none() | DAYS,
)
