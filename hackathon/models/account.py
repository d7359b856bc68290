"""Who signs in, what they do for an event, and their API tokens. Who takes part is in person.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from ..enums import DutyKind

if TYPE_CHECKING:
    from .event import Event


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """An account that signs in by a code: it has no password unless one is given (the admin's own)."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)  # None makes it unusable
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def by_email(self, email: str) -> Account | None:
        return self.filter(email=email.strip().lower()).first()

    def ensure(self, email: str, **fields: Any) -> Account:
        """The account of that address, made if there is none."""
        return self.by_email(email) or self.create_user(email, **fields)

    def personas(self, event: Event) -> models.QuerySet[Account]:
        return self.filter(is_persona=True, duties__event=event).distinct()


class Account(AbstractBaseUser, PermissionsMixin):
    """Signs in; one per e-mail address. Several people may be reached through one account."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fr")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_persona = models.BooleanField(default=False, help_text="Made up, for the demo event only.")
    created_at = models.DateTimeField(default=timezone.now)

    authenticator_set: Any  # of allauth.mfa: keys, apps, recovery codes

    objects = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_unique_whatever_the_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Rules decide about objects for everybody: who keeps the machine does not thereby see the marks."""
        if obj is None:
            return super().has_perm(perm)
        from django.contrib.auth.models import _user_has_perm  # type: ignore[attr-defined]

        return self.is_active and _user_has_perm(self, perm, obj)

    @cached_property
    def has_second_factor(self) -> bool:
        """Whether signing in asks for more than the code by e-mail; recovery codes alone are none."""
        return self.authenticator_set.exclude(type="recovery_codes").exists()

    def remove_factors(self) -> int:
        """Forget them all, recovery codes included; returns how many there were."""
        removed, _by_model = self.authenticator_set.all().delete()
        self.__dict__.pop("has_second_factor", None)
        return int(removed)

    def duties_in(self, event: Event) -> frozenset[str]:
        """The kinds of duty held in this event; asked of the database once per request."""
        cache = self.__dict__.setdefault("_duties", {})
        if event.pk not in cache:
            cache[event.pk] = frozenset(self.duties.filter(event=event).values_list("kind", flat=True))
        return cache[event.pk]


class DutyQuerySet(models.QuerySet["Duty"]):
    def for_event(self, event: Event) -> DutyQuerySet:
        return self.filter(event=event)

    def numbered(self, pk: int) -> DutyQuerySet:
        return self.filter(pk=pk)

    def of_kind(self, kind: str) -> DutyQuerySet:
        return self.filter(kind=kind)

    def held_by(self, account: Account) -> DutyQuerySet:
        return self.filter(account=account)

    def with_factors(self) -> DutyQuerySet:
        """`has_factor`: whether the account signs in with a second factor."""
        factors = Account.objects.filter(
            pk=models.OuterRef("account"), authenticator__type__in=("totp", "webauthn")
        )
        return self.annotate(has_factor=models.Exists(factors))

    def with_accounts(self) -> DutyQuerySet:
        return self.select_related("account").order_by("kind", "account__email")


class Duty(models.Model):
    """An account's standing in one event; rights follow from it (see rules.py)."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, related_name="duties")
    account = models.ForeignKey(Account, models.CASCADE, related_name="duties")
    kind = models.CharField(_("duty"), max_length=20, choices=DutyKind)
    given_at = models.DateTimeField(default=timezone.now)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(fields=["event", "account", "kind"], name="duty_given_once"),
            models.CheckConstraint(condition=models.Q(kind__in=DutyKind.values), name="duty_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.get_kind_display()}"


class ApiToken(AbstractAuthToken):
    """A hashed, expiring token that can do no more than its owner, in one event, within a set of permissions."""

    event = models.ForeignKey("hackathon.Event", models.CASCADE, null=True, blank=True)
    label = models.CharField(_("label"), max_length=80, blank=True)
    permissions = models.JSONField(default=list, blank=True)

    class Meta(AbstractAuthToken.Meta):
        swappable = "KNOX_TOKEN_MODEL"

    def allows(self, permission: str, event: Event | None) -> bool:
        return event is not None and self.event_id == event.pk and permission in self.permissions
