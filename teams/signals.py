"""The news this app announces; others receive it in their receivers.py."""

from django.dispatch import Signal

#: A project changed its standing (withdrawn, disqualified, out of competition, back). Arguments: project, actor.
standing_changed = Signal()
