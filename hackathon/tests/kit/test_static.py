"""Collected under new names, our scripts still find one another."""

import re
import shutil
from pathlib import Path

from hackathon.kit.static import StaticFiles

SCRIPTS = Path(__file__).parents[2] / "static" / "palmares" / "js"


def test_collected_modules_import_one_another_by_their_new_names(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    shutil.copytree(SCRIPTS, tmp_path / "palmares" / "js")
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    names = [f"palmares/js/{path.name}" for path in SCRIPTS.glob("*.js")]

    list(storage.post_process({name: (storage, name) for name in names}))

    texts = [(tmp_path / storage.stored_name(name)).read_text() for name in names]
    imported = {module for text in texts for module in re.findall(r'from "\./([^"]+)"', text)}
    assert imported
    assert imported <= {path.name for path in (tmp_path / "palmares" / "js").iterdir()}
    assert all(re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", module) for module in imported)
