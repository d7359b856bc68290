"""The words that lists use for their columns, in French and English, and what each source alone writes. Pure data.

A heading is compared folded and without punctuation. Columns whose heading starts with « Palmarès : » are ours:
nobody's answers. It refuses to decide anything: profiles.py does.
"""

from __future__ import annotations

import re

from .problems import gettext_noop

# Folded headings, without punctuation. The first field that claims a heading gets it.
SYNONYMS: dict[str, str] = {
    "ticket_number": "numero de billet|n de billet|no de billet|n billet|billet n|ticket number|ticket no|ticket id|ticket"
    "|attendee|attendee no|attendee id|participant n|numero du participant|numero participant|n du participant|code billet|barcode"
    "|code barre|numero d inscription|n d inscription|id inscription|registration id",
    "first_name": "prenom|prenoms|prenom participant|prenom du participant|prenom de la participante|first name|firstname|given name"
    "|given names|forename|votre prenom|your first name|attendee first name|prenom usuel",
    "last_name": "nom|nom participant|nom du participant|nom de famille|last name|lastname|surname|family name|votre nom|nom d usage"
    "|your last name|attendee last name|attendee surname|patronyme|second name",
    "full_name": "nom et prenom|nom prenom|prenom et nom|prenom nom|nom complet|full name|fullname|name|your name|attendee name"
    "|participant|participante|participants|nom et prenoms|noms et prenoms|nom du participant complet|your full name|votre nom complet|identite"
    "|first and last name|name and surname|votre nom et prenom|vos nom et prenom|personne",
    "email": "adresse e mail|adresse email|e mail|email|mail|courriel|mel|adresse mail|adresse electronique|adresse de courriel"
    "|email address|e mail address|adresse e mail du participant|email participant|email du participant|e mail du participant"
    "|adresse email du participant|mail participant|mail du participant|courriel du participant|votre e mail|votre email"
    "|votre adresse e mail|votre adresse email|votre mail|your email|attendee email|nom d utilisateur|username|contact email"
    "|adresse de messagerie|messagerie",
    "payer_email": "email payeur|e mail payeur|mail payeur|adresse e mail payeur|adresse e mail du payeur|email du payeur|payer email"
    "|buyer email|email acheteur|email de l acheteur|adresse e mail de l acheteur|email de facturation|billing email|purchaser email"
    "|order email|email commande",
    "payer_last_name": "nom payeur|nom du payeur|payer last name|buyer last name|nom acheteur|nom de l acheteur|purchaser last name",
    "payer_first_name": "prenom payeur|prenom du payeur|payer first name|buyer first name|prenom acheteur|prenom de l acheteur"
    "|purchaser first name",
    "payer_name": "payeur|payer|acheteur|buyer|nom complet payeur|buyer name|payer name|purchaser|nom et prenom du payeur",
    "role": "profil|votre profil|profile|role|your role|vous etes|vous etes un|je suis|i am|i am a|you are|type de billet|ticket type|billet"
    "|ticket name|nom du billet|categorie|category|type de participant|participant type|qualite|type d inscription|type de profil"
    "|quel est votre profil|type",
    "organisation": "organisation|organization|organisme|structure|votre structure|entreprise|societe|company|company name|raison sociale"
    "|employeur|employer|etablissement|association|institution|nom de la structure|nom de l entreprise|affiliation|votre organisation"
    "|your organisation|your organization",
    "phone": "telephone|tel|n de telephone|numero de telephone|portable|mobile|telephone portable|telephone mobile|phone|phone number"
    "|cell phone|cell|mobile phone|gsm|votre telephone|home phone|work phone|tel portable|numero|n tel|votre numero de telephone",
    "skills": "competences|vos competences|skills|your skills|competence|savoir faire|expertise|expertises|domaines de competence"
    "|technologies|quelles sont vos competences",
    "level": "niveau 1 5|niveau|level|level 1 5|niveau de 1 a 5|votre niveau|experience|niveau d experience|niveau sur 5|skill level",
    "diet": "regime alimentaire|regime|diet|dietary requirements|dietary needs|allergies|alimentation|contraintes alimentaires"
    "|repas|dietary restrictions|food|regime alimentaire allergies",
    "access": "besoins d accessibilite|accessibilite|accessibility|accessibility needs|access needs|besoins specifiques|besoins particuliers"
    "|handicap|amenagements|access|besoin d amenagement",
    "image_consent": "droit a l image|image rights|image consent|photo consent|autorisation photo|autorisation image|droits a l image"
    "|consentement image|photos|cession de droit a l image|autorisation de droit a l image",
    "registered_at": "inscrit le|inscrite le|date d inscription|inscription le|registered at|registered on|registration date|horodateur"
    "|horodatage|timestamp|date de la commande|date de commande|order date|date|submitted at|date d achat|created at|date et heure"
    "|date de creation|submission date",
    "status": "statut de la commande|statut commande|attendee status|statut du participant|statut du billet|ticket status|order status"
    "|statut de l inscription|registration status|etat|etat de la commande|statut d inscription|statut|status|payment status|statut du paiement",
    "language": "langue|language|lang|langue preferee|preferred language|votre langue|langue de correspondance",
    "notes": "notes|remarques|remarque|commentaire|commentaires|comment|comments|observations|note|message",
}  # fmt: skip
BY_HEADING = {
    heading: name for name, headings in reversed(SYNONYMS.items()) for heading in headings.split("|")
}

# For longer questions (« Quelle est votre adresse e-mail ? »), in order; the first that fits gets the column.
PATTERNS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("ignored", r"montant|amount|paiement|payment|total|fees|currency|devise|promo|tarif|price|url|facture|invoice|quantite|quantity"),
        ("payer_email", r"(mail|courriel).*(payeur|acheteur|payer|buyer|facturation|billing)|(payeur|acheteur|payer|buyer).*(mail|courriel)"),
        ("payer_first_name", r"(prenom|first name).*(payeur|acheteur|payer|buyer)|(payer|buyer).*first name"),
        ("payer_last_name", r"\b(nom|last name)\b.*(payeur|acheteur|payer|buyer)|(payer|buyer).*last name"),
        ("ignored", r"payeur|acheteur|\bpayer\b|\bbuyer\b|commande|order"),
        ("image_consent", r"(droits? a l image|image rights|photograph|\bphotos?\b|videos?\b|filme)"),
        ("email", r"\be ?mails?\b|\bcourriel\b|\bmel\b"),
        ("full_name", r"\bprenoms?\b.*\bnom\b|\bnom\b.*\bprenoms?\b|full name|first.*last name"),
        ("first_name", r"\bprenoms?\b|\b(first|given) ?names?\b"),
        ("theme", r"thematique|\bthemes?\b|\bdefis?\b|\bchallenges?\b|\btracks?\b|\b(choix|choice|voeux?)\b"),
        ("day", r"(presence|present|attend\w*|venir|viendrez|participation|\bjours?\b|\bdays?\b).*(jour|day|\d|vendredi|samedi|dimanche|matin)|^(jour|day|vendredi|samedi|dimanche|friday|saturday|sunday)\b"),
        ("skills", r"competences?\b|\bskills?\b"),
        ("level", r"\bniveau\b|\blevel\b"),
        ("diet", r"regime|aliment|\bdiet|allerg|vegetari"),
        ("access", r"accessib|handicap|amenagement|disabilit"),
        ("phone", r"telephone|\btel\b|\bphone\b|\bportable\b"),
        ("organisation", r"organisation|organization|structure|entreprise|societe|company|employeur|employer"),
        ("role", r"\bprofil\b|\bvous etes\b|\bprofile\b|\byour role\b|ticket type|type de billet|\brole\b"),
        ("registered_at", r"horodat|timestamp|date.*inscription|inscrit.* le\b|registration date|registered"),
        ("status", r"\bstatuts?\b|\bstatus\b"),
        ("last_name", r"\bnom\b|\b(last|family) ?name\b|\bsurname\b"),
        ("language", r"\blangue\b|\blanguage\b"),
        ("ticket_number", r"(numero|\bn\b|number|code).*(billet|ticket|participant|attendee)"),
    )
)  # fmt: skip
RANKS = tuple(
    (re.compile(pattern), rank)
    for pattern, rank in (
        (r"\b(1|1er|1re|1ere|1st|premier|premiere|first|prefere|preferee|preferred|favorite|favourite)\b", 1),
        (r"\b(2|2e|2eme|2nd|2nde|deuxieme|second|seconde)\b", 2),
        (r"\b(3|3e|3eme|3rd|troisieme|third)\b", 3),
        (r"\b(4|4e|4eme|4th|quatrieme|fourth)\b", 4),
        (r"\b(5|5e|5eme|5th|cinquieme|fifth)\b", 5),
        (r"\b(6|6e|6eme|6th|sixieme|sixth)\b", 6),
    )
)

# Headings that only one source writes, and how many of them settle it.
SIGNATURES: tuple[tuple[str, int, frozenset[str]], ...] = (
    ("helloasso", 3, frozenset("reference commande|date de la commande|statut de la commande|nom participant|prenom participant"
     "|nom payeur|prenom payeur|email payeur|moyen de paiement|numero de billet|montant tarif|code promo|montant code promo".split("|"))),
    ("eventbrite", 3, frozenset("order|order date|attendee|attendee status|ticket type|price tier|eventbrite fees|order type"
     "|eventbrite payment processing|total paid|fees paid|date de commande|type de billet|statut du participant".split("|"))),
    ("google_forms", 1, frozenset("horodateur|horodatage|timestamp".split("|"))),
)  # fmt: skip
# What we add to the refused lines that we give back: said to the person, ignored when the list returns.
OURS = "Palmarès"
LINE_WORDS, REASON_WORDS = gettext_noop("line in the list"), gettext_noop("why it was refused")
_OURS = re.compile(r"palmar[eè]s\s*:\s*\S", re.IGNORECASE)


def is_ours(heading: str) -> bool:
    """Whether a column is one that we wrote beside the refused lines."""
    return bool(_OURS.match(heading.strip()))


OWN_ONLY = frozenset(
    "niveau 1 5|inscrit le|presence jour 1|presence jour 2|besoins d accessibilite|regime alimentaire".split(
        "|"
    )
)
ORGANISER = frozenset(
    "prenom|nom|adresse e mail|profil|organisation|telephone|competences|thematique 1|thematique 2".split("|")
)
ALL_SIGNS = frozenset().union(*(signs for _, _, signs in SIGNATURES))
