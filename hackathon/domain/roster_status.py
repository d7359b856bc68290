"""Whether a row's status means that the person is not coming. Pure; French and English, as ticket shops write it."""

from __future__ import annotations

import re

from .roster_cells import fold, is_blank

_GONE = re.compile(
    r"(?:participante? |commande |billet |inscription |paiement |order |ticket |registration |attendee )?"
    r"(?:est |was |is |a ete |has been )?"
    r"(?:(?:annul|rembours|refus|supprim|transfer|rejet|efface|expir|abandonn|retir|desist|contest)(?:e|ee|es|ees|ation|ement)?"
    r"|cancell?ed|cancell?ation|canceled|refund(?:ed)?|fully refunded|declined|deleted|transferred|rejected|voided?|expired"
    r"|abandoned|withdrawn|chargeback|charged back|not attending|not going|no longer attending|unregistered|desinscrite?"
    r"|ne (?:participe|vient|viendra) (?:pas|plus)|refusal|echouee?|failed|archivee?|absente?|indisponible|transfere a .*)"
    r"(?: (?:par|by|le|on|partie?llement|totalement|integralement|automatiquement)\b.*)?"
)
_COMING = re.compile(
    r"valid(?:e|ee|ated|ation)?|confirm(?:e|ee|ed)?|attending|checked in|paid|paye|payee|regle|reglee|accept(?:e|ee|ed)?"
    r"|complete|completed|inscrite?|registered|present|presente|going|ok|active?|actif|free order|gratuit|emise?|issued"
    r"|approved|approuvee?|processed|traitee?|en attente|pending|en cours|attendu|attendue|badge printed|oui|yes|nouveau|new"
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
