"""One spelling for comparing."""

import pytest

from hackathon.kit.folding import fold


@pytest.mark.parametrize(
    "text",
    [
        "Chercheur d'emploi",
        "CHERCHEUR D’EMPLOI",
        " chercheur\u00a0d‘emploi ",
        "Chercheur-d’émploi",
        "cher\u00adcheur d'emploi",
    ],
)
def test_fold_ignores_accents_case_apostrophes_and_hyphens(text):
    assert fold(text) == "chercheur d emploi"


def test_fold_opens_ligatures_and_keeps_digits():
    assert fold("Cœur 2e Straße") == "coeur 2e strasse"
