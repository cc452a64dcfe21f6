// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Streams of Python's pickle protocols.
struct PickleFormat: ScannedFormat {
  let name = "pickle"

  func fits(_ bytes: Bytes) -> Bool {
    PickleProbe.looksLikePickle(bytes) && !TorchStack.begins(bytes)
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    scan.scanPickle(bytes, place)
    return name
  }
}
