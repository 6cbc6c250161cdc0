"""Papers as they were kept, and whose certificates sign them."""

from django.db import models
from django.db.models import Q

from congtam.evidence.models import Stored
from congtam.history.dated import Fact
from congtam.orgs.models import Unit
from congtam.people.models import Person

FORMS = ("pdf", "docx", "xlsx")


class KeptPaper(models.Model):
    """One file of a paper, as it was made or signed: written once, the next version is another row of the same `code`.

    `kind`: as `papers.KINDS`; `period`: as of a cycle; `seal`: the number of the seal whose results it tells, where
    there is one; `person`: whom alone it is about (a slip); `signed_by`: who signed this version, `for_agency` when it
    was the agency's own signature, `signer`: the name in the certificate."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=14)
    form = models.CharField(max_length=4, choices=[(one, one) for one in FORMS])
    version = models.SmallIntegerField()
    kind = models.CharField(max_length=16)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    period = models.CharField(max_length=8)
    seal = models.BigIntegerField(null=True)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    number = models.CharField(max_length=64, blank=True)
    dated = models.DateField(null=True)
    file = models.ForeignKey(Stored, on_delete=models.RESTRICT, related_name="+")
    signed_by = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    for_agency = models.BooleanField(default=False)
    signer = models.CharField(max_length=200, blank=True)
    made_by = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "form", "version"], name="kept_paper_version_once")]
        indexes = [
            models.Index(fields=["agency", "period"], name="paper_of_period"),
            models.Index(fields=["file"], name="paper_by_digest"),
        ]


class SignerCertificate(Fact):
    """Whose a certificate is: a person's, or the agency's own. `fingerprint`: SHA-256 of the certificate (hex)."""

    fingerprint = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.RESTRICT, related_name="+", null=True)
    agency = models.ForeignKey(Unit, on_delete=models.RESTRICT, related_name="+")
    name = models.CharField(max_length=200)
    issuer = models.CharField(max_length=200)
    begins = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(replaced_by__isnull=True), name="certificate_stands_once"
            )
        ]
