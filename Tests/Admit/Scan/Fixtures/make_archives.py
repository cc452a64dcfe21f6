# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the Martlet authors
"""Makes the archives and compressed files here, as ordinary programs write them.

Made with Python 3.11, joblib 1.6, lz4 4.4, zstandard 0.25, py7zr 1.1, Info-ZIP 3.0 and GNU tar 1.34.
"""
import bz2
import gzip
import io
import json
import lzma
import pathlib
import pickle
import subprocess
import tarfile
import tempfile
import zipfile

import joblib
import lz4.frame
import py7zr
import zstandard

HERE = pathlib.Path(__file__).parent
STATE = {"weights": [0.5, -1.25, 2.0], "name": "model"}
CONFIG = json.dumps({"hidden": 768, "name": "model"}).encode()
WORDS = b"Words of a text.\n" * 8


def shortened(archive: bytes) -> bytes:
    """Without the padding after the two blocks of zeros."""
    return archive.rstrip(b"\0").ljust((len(archive.rstrip(b"\0")) + 511) // 512 * 512, b"\0") + bytes(1024)


def tar(format: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for name, data in [("model/config.json", CONFIG), ("model/" + "long" * 20 + "/" + "n" * 40 + ".txt", WORDS)]:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        for name, type, target in [
            ("model/link", tarfile.SYMTYPE, "config.json"),
            ("model/same", tarfile.LNKTYPE, "model/config.json"),
        ]:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = type, target
            archive.addfile(member)
    return shortened(out.getvalue())


def write(name: str, data: bytes) -> None:
    (HERE / name).write_bytes(data)


pickled = pickle.dumps(STATE, 4)
write("pickle.gz", gzip.compress(pickled, mtime=0))
write("text.bz2", bz2.compress(WORDS))
write("pickle.xz", lzma.compress(pickled))
write("pickle.lzma", lzma.compress(pickled, format=lzma.FORMAT_ALONE))
write("pickle.lz4", lz4.frame.compress(pickled))
write("pickle.zst", zstandard.compress(pickled))
for method in ["zlib", "gzip", "xz"]:
    joblib.dump(STATE, HERE / f"joblib.{method}", compress=(method, 3))
write("ustar.tar", tar(tarfile.USTAR_FORMAT))
write("gnu.tar", tar(tarfile.GNU_FORMAT))
write("pax.tar", tar(tarfile.PAX_FORMAT))
write("archive.tgz", gzip.compress(tar(tarfile.PAX_FORMAT), mtime=0))
for name, method in [("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)]:
    with zipfile.ZipFile(HERE / f"{name}.zip", "w", method) as archive:
        archive.writestr("config.json", CONFIG)
with py7zr.SevenZipFile(HERE / "archive.7z", "w") as archive:
    archive.writestr(CONFIG.decode(), "config.json")
    archive.writestr(pickled, "state.pkl")
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "config.json").write_bytes(CONFIG)
    streamed = subprocess.run(["zip", "-q", "-", "config.json"], cwd=folder, capture_output=True, check=True).stdout
    write("streamed.zip", streamed)
