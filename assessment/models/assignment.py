"""Which agency answers which indicator."""

from django.db import models
from django.db.models import Q

from accounts.models import Agency, Region, User
from assessment.models.cycle import Cycle


class AgencyMapping(models.Model):
    """A region's agency for one of the catalogue's agency types (pemetaan); kept over the years by the type's code."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="agency_mappings")
    type_code = models.CharField("jenis perangkat daerah", max_length=40)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="mappings", verbose_name="perangkat daerah")

    class Meta:
        verbose_name = "pemetaan perangkat daerah"
        constraints = [models.UniqueConstraint(name="mapping_once", fields=["region", "type_code"])]

    def __str__(self) -> str:
        return f"{self.type_code} → {self.agency}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments, asked in the words of the office."""

    def visible_to(self, user) -> "AssignmentQuerySet":
        """Assignments of the cycles that the person may see."""
        return self.filter(cycle__in=Cycle.objects.visible_to(user))

    def responsible(self) -> "AssignmentQuerySet":
        """Assignments of the agencies that answer, not of those that support."""
        return self.filter(responsible=True)


class Assignment(models.Model):
    """An indicator of a cycle given to an agency (penugasan): one responsible (pengampu), any number supporting."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="assignments")
    indicator = models.ForeignKey("indicators.Indicator", models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assignments", verbose_name="perangkat daerah")
    responsible = models.BooleanField("pengampu", default=False)
    person_in_charge = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="penanggung jawab"
    )
    due_on = models.DateField("target selesai", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        ordering = ["indicator__number", "-responsible", "agency__name"]
        indexes = [models.Index(fields=["agency", "cycle"], name="assignment_of_agency")]
        constraints = [
            models.UniqueConstraint(name="assignment_once", fields=["cycle", "indicator", "agency"]),
            models.UniqueConstraint(
                name="assignment_one_responsible", fields=["cycle", "indicator"], condition=Q(responsible=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} · {self.agency}"
