"""The data folder: where it is, who may enter, and one secret key for all processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rozlicz.portal.data_folder import DataFolder, secret_key


def test_the_environment_names_the_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert DataFolder.from_environment({"ROZLICZ_DATA": "/srv/data"}).root == Path("/srv/data")
    assert DataFolder.from_environment({"ROZLICZ_DATA": "here"}).root == tmp_path / "here"
    assert DataFolder.from_environment({"ROZLICZ_DATA": ""}).root == tmp_path / "var"
    assert DataFolder.from_environment({}).root == tmp_path / "var"


def test_a_new_folder_is_private_and_an_old_one_keeps_its_permissions(tmp_path):
    new, old = DataFolder(tmp_path / "new" / "var"), DataFolder(tmp_path / "old")
    old.root.mkdir(mode=0o750)
    for folder in (new, old):
        folder.create()
        folder.create()
        assert folder.files.stat().st_mode & 0o777 == 0o700
    # Under root the database's own user passes through, but cannot list.
    assert new.root.stat().st_mode & 0o777 == (0o711 if os.geteuid() == 0 else 0o700)
    assert old.root.stat().st_mode & 0o777 == 0o750


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path):
    key = secret_key(tmp_path / "var")
    assert len(key) >= 50
    assert secret_key(tmp_path / "var") == key
    assert DataFolder(tmp_path / "var").secret_key.stat().st_mode & 0o777 == 0o600
    assert secret_key(tmp_path / "other") != key


@pytest.mark.slow
def test_processes_that_ask_at_once_get_the_same_key(tmp_path):
    ask = (
        "import sys, pathlib; from rozlicz.portal.data_folder import secret_key;"
        " print(secret_key(pathlib.Path(sys.argv[1])))"
    )
    asked = [
        subprocess.Popen([sys.executable, "-c", ask, tmp_path / "var"], stdout=subprocess.PIPE)
        for _ in range(8)
    ]
    assert len({process.communicate()[0] for process in asked}) == 1
    assert sorted(path.name for path in (tmp_path / "var").iterdir()) == [
        "files",
        "secret-key",
        "static",
        "trusted-issuers",
    ]
