"""The news this app announces; others receive it in their receivers.py. A handful in all, never `post_save`."""

from django.dispatch import Signal

#: Long work was asked for. Arguments: job_id.
job_started = Signal()

#: A registration gave its place back (cancelled, declined, expired). Arguments: registration, actor.
registration_withdrawn = Signal()

#: An event was made from a template. Arguments: event, actor, shape (the template).
event_created = Signal()

#: A theme was added in the set-up pages. Arguments: theme, actor.
theme_added = Signal()

#: A theme that nobody chose is about to be removed; receivers give up what they made for it, or raise Refused.
#: Arguments: theme, actor.
theme_removing = Signal()
