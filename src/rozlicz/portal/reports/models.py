"""Reports of services (phase I), the runs of verification over them, and their positions and verdicts.

`Position`, `Verdict` and `Finding` are bulk tables: added to by COPY, never changed (the grants allow no
UPDATE), without foreign keys, every row with its provider for row-level security.
"""

from __future__ import annotations

from django.db import models

from rozlicz.portal.house.history import tracked


class ReportState(models.TextChoices):
    """Where a report stands."""

    RECEIVED = "received"
    READING = "reading"
    CHECKED = "checked"
    REFUSED = "refused"


@tracked()
class Report(models.Model):
    """A message taken in: its bytes are stored and its receipt given before anything is read (promise 1).

    `refusals` is a list of reasons why the whole message could not be read (code, sentences, line), empty
    for a message that could. `current_run` is the run whose verdicts count: none before the first is finished.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="reports")
    receipt_number = models.CharField(max_length=24, unique=True)
    file = models.CharField(max_length=80)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT)
    installation = models.ForeignKey("providers.Installation", on_delete=models.PROTECT, null=True)
    generation = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.RECEIVED)
    refusals = models.JSONField(default=list)
    current_run = models.ForeignKey("reports.Run", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "sha256"], name="identical_bytes_of_a_sender_are_one_report"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number


class RunState(models.TextChoices):
    """Where a run of verification stands; only a finished one counts."""

    RUNNING = "running"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class Run(models.Model):
    """One pass of the rules over one report. Its verdicts are its own: a second run never shows the first's.

    `by_rule` sums the findings of a finished run by rule, in the order of the page (`sql.FINDINGS_BY_RULE`), each
    with the parameters of its first finding as an example. `rows_done` counts stored positions, `bytes_read` of
    `bytes_total` is the progress. Values in grosze.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="runs")
    rules_version = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.RUNNING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    rows_done = models.BigIntegerField(default=0)
    bytes_read = models.BigIntegerField(default=0)
    bytes_total = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    accepted_value = models.BigIntegerField(default=0)
    rejected_value = models.BigIntegerField(default=0)
    by_rule = models.JSONField(default=list)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(state="running"), name="one_running_run_of_a_report"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.pk}"


class Position(models.Model):
    """One settlement position as it was reported, never changed. One row of the file, `row` from 1.

    `units` ×10,000, `price` and `value` in grosze; they are null where the text made no number. `duplicate_hash`
    tells positions of the same patient, product and day apart from others. A deleted service is one row
    without position data.
    """

    pk = models.CompositePrimaryKey("report_id", "row")
    report_id = models.BigIntegerField()
    row = models.BigIntegerField()
    provider_id = models.BigIntegerField()
    line = models.BigIntegerField()
    contract = models.TextField(null=True)
    service_id = models.TextField(null=True)
    service_version = models.BigIntegerField(null=True)
    position = models.BigIntegerField(null=True)
    deleted = models.BooleanField()
    month = models.IntegerField(null=True)
    scope = models.TextField(null=True)
    distinguisher = models.BigIntegerField(null=True)
    product = models.TextField(null=True)
    day_from = models.DateField(null=True)
    day_to = models.DateField(null=True)
    units = models.BigIntegerField(null=True)
    price = models.BigIntegerField(null=True)
    value = models.BigIntegerField(null=True)
    duplicate_hash = models.BigIntegerField(null=True)
    entitlement_basis = models.TextField(null=True)
    entitlement_document = models.TextField(null=True)
    entitlement_number = models.TextField(null=True)
    entitlement_country = models.TextField(null=True)
    entitlement_from = models.DateField(null=True)
    entitlement_to = models.DateField(null=True)

    class Meta:
        indexes = [
            # verification: versions reported before; settlement: the state of each service
            models.Index(fields=["provider_id", "service_id"], name="position_service"),
            # verification: the same patient, product and day under another service
            models.Index(fields=["provider_id", "duplicate_hash"], name="position_duplicate"),
            # settlement: candidates of a contract
            models.Index(fields=["contract", "month"], name="position_contract_month"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}/{self.service_version}/{self.position}"


class Verdict(models.Model):
    """What one run says of one position. `record` holds the record as reported where there is a finding."""

    pk = models.CompositePrimaryKey("run_id", "row")
    run_id = models.BigIntegerField()
    row = models.BigIntegerField()
    provider_id = models.BigIntegerField()
    accepted = models.BooleanField()
    record = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.run_id}/{self.row}"


class Finding(models.Model):
    """One rule's finding on one position in one run. `value` is what is at stake, in grosze."""

    id = models.BigAutoField(primary_key=True)
    run_id = models.BigIntegerField()
    row = models.BigIntegerField()
    provider_id = models.BigIntegerField()
    code = models.TextField()
    severity = models.TextField()
    parameters = models.JSONField()
    value = models.BigIntegerField()

    class Meta:
        indexes = [
            # the records of one rule
            models.Index(fields=["run_id", "code", "row"], name="finding_of_rule"),
            # all findings in the order of the report, and those of one record
            models.Index(fields=["run_id", "row"], name="finding_of_row"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.run_id}/{self.row}"
