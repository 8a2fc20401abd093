"""What the site takes from the npm registry."""
import fnmatch
import json
import re

from tools.notebooks import ROOT

PACKAGES = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
LOCK = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]


def test_every_package_has_one_version_and_a_reason():
    wanted = PACKAGES["dependencies"] | PACKAGES["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    reasons = [name for names in PACKAGES["why"] for name in names.split(", ")]
    assert [name for name in wanted if not any(fnmatch.fnmatch(name, reason) for reason in reasons)] == []
    assert [reason for reason in reasons if not fnmatch.filter(wanted, reason)] == []


def test_the_lock_holds_the_bytes_and_names_no_registry():
    packages = {path: package for path, package in LOCK.items() if path}
    assert all(package["integrity"].startswith("sha512-") and "resolved" not in package for package in packages.values())
    esbuilds = [path for path in packages if path.startswith("node_modules/@esbuild/")]
    assert {f"node_modules/@esbuild/{system}" for system in ("linux-x64", "linux-arm64", "darwin-arm64", "win32-x64")} < set(esbuilds)


def test_what_the_site_serves_is_free():
    assert {package["license"] for path, package in LOCK.items() if not package.get("dev")} == {"MIT"}
