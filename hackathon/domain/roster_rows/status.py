"""Whether a row's status means that the person is not coming. Pure; French and English, as ticket shops write it.

Skipped: what somebody undid (cancelled, refunded, deleted, transferred, declined, not attending), what failed or
lapsed, and doubles. Kept: what is only unfinished. A payment that is awaited, or a part of one given back, is a person
who means to come; leaving them out would cost them their place in the queue.
"""

from __future__ import annotations

import re

from .cells import fold, is_blank

_GONE = re.compile(
    r"(?:participante? |commande |billet |inscription |paiement |order |ticket |registration |attendee )?"
    r"(?:est |was |is |a ete |has been )?"
    r"(?:(?:annul|rembours|refus|supprim|transfer|rejet|efface|expir|abandonn|retir|desist|contest)(?:e|ee|es|ees|ation|ement)?"
    r"|cancell?ed|cancell?ation|canceled|refund(?:ed)?|fully refunded|declined|deleted|transferred|rejected|voided?|expired"
    r"|abandoned|withdrawn|chargeback|charged back|not attending|not going|no longer attending|unregistered|desinscrite?"
    r"|ne (?:participe|vient|viendra) (?:pas|plus)|refusal|echouee?|failed|archivee?|absente?|indisponible|doublons?|duplicated?|refund pending|pending refund|remboursement en cours|en cours de remboursement|en cours d annulation|desactivee?|disabled|spam|transfere a .*)"
    r"(?: (?:par|by|le|on|partie?llement|totalement|integralement|automatiquement)\b.*)?"
)
_COMING = re.compile(
    r"valid(?:e|ee|ated|ation)?|confirm(?:e|ee|ed)?|attending|checked in|paid|paye|payee|regle|reglee|accept(?:e|ee|ed)?"
    r"|complete|completed|inscrite?|registered|present|presente|going|ok|active?|actif|free order|gratuit|emise?|issued"
    r"|approved|approuvee?|processed|traitee?|en attente|en attente de (?:paiement|validation|confirmation)|paiement en attente|a payer|impaye|a regler|pending|pending payment|payment pending|awaiting payment|awaiting approval|en cours|attendu|attendue|badge printed|oui|yes|nouveau|new"
    r"|not checked in|partiellement rembours(?:e|ee)|partially refunded|a venir|unpaid|non paye|waiting|liste d attente|waitlist(?:ed)?"
)


def is_gone(text: str) -> bool:
    """Cancelled, refunded, deleted, transferred… A partial refund is still a person who comes."""
    return bool(_GONE.fullmatch(_plain(text)))


def is_status(text: str) -> bool:
    """Whether the text is any status we know; a blank one is."""
    return is_blank(text) or is_gone(text) or bool(_COMING.fullmatch(_plain(text)))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", re.sub(r"[·•.(]e[s)]*", "e", fold(text))).split())
