"""Static files as `./run` serves them: compressed, under names that change with their content.

Knows no page; only which scripts are ours.
"""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("palmares/*.js", "hackathon/*.js", "teams/*.js", "judging/*.js")

# Django's own expressions for `import`, which it has not made public
_IMPORTS = vars(HashedFilesMixin)["_js_module_import_aggregation_patterns"][1]


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, where our modules also import one another under their new names.

    Django can do so for every script, but then stumbles over those of libraries, which write `import` in comments.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((glob, _IMPORTS) for glob in OURS),
    )
