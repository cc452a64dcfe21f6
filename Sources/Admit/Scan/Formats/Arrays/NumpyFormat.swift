// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// An array of numpy, which holds a pickle when its elements are objects.
struct NumpyFormat: ScannedFormat {
  let name = "npy"

  func fits(_ bytes: Bytes) -> Bool { bytes.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var facts = NumpyFacts()
    do {
      let array = try NumpyArray(bytes)
      facts.trailing = array.trailing.count
      if let pickle = array.pickle { scan.scanPickle(pickle, place.inside("objects")) }
    } catch {
      facts.error = error
    }
    scan.report(.numpy(facts), place)
    return name
  }
}
