"""Moving the demo event from its page: a job that one person starts at a time, whose progress is kept in the cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.urls import reverse

from hackathon.models import Event
from judging.domain import staging

MOVE = "palmares-demo-move"
FAILED = "palmares-demo-move-failed"
MOVE_SECONDS = 300


@dataclass(frozen=True)
class StageStep:
    """A stage as the demo page lists it; `state` is "done", "here" or "ahead"."""

    key: str
    label: Any
    state: str


def steps(event: Event | None) -> list[StageStep]:
    """Every stage, and where the event is."""
    here = staging.KEYS.index(staging.stage_of(event)) if event else -1
    return [
        StageStep(key, label, "done" if at < here else "here" if at == here else "ahead")
        for at, (key, label) in enumerate(staging.STAGES)
    ]


def moving() -> str:
    """The stage the event is being moved to, or ""."""
    return (cache.get(MOVE) or {}).get("stage", "")


def failure() -> str:
    """Why the last move did not succeed, or ""."""
    return cache.get(FAILED) or ""


def start_moving(stage: str) -> bool:
    """Claim the move: False while another runs (a claim is given up after MOVE_SECONDS, should its worker die)."""
    cache.delete(FAILED)
    return cache.add(MOVE, {"stage": stage, "value": 0.0}, MOVE_SECONDS)


def progress_now() -> dict[str, Any]:
    """What the page's bar shows: 0 to 100, and whether the move is over."""
    state = cache.get(MOVE)
    done = state is None
    value = 100 if state is None else round(100 * state["value"])
    return {
        "value": value,
        "max": 100,
        "done": done,
        "text": f"{value} %",
        "url": reverse("judging:demo") if done else "",
    }


def move(stage: str) -> None:
    """Do the claimed move, from nothing when the event is past that stage, telling its progress."""
    event = Event.objects.demo().filter(slug=staging.SLUG).first()
    is_past = event is not None and staging.KEYS.index(staging.stage_of(event)) >= staging.KEYS.index(stage)

    def tell(key: str, share: float) -> None:
        value = (staging.KEYS.index(key) + share) / (staging.KEYS.index(stage) + 1)
        cache.set(MOVE, {"stage": stage, "value": min(value, 0.99)}, MOVE_SECONDS)

    try:
        staging.stage_demo(until=stage, fresh=is_past, progress=tell)
    except Exception as error:
        cache.set(FAILED, str(error)[:250], MOVE_SECONDS)
        raise
    finally:
        cache.delete(MOVE)
