// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Tensors behind a header of JSON.
struct SafetensorsFormat: ScannedFormat {
  let name = "safetensors"

  func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 9, bytes[8] == UInt8(ascii: "{") else { return false }
    // Lengths above 2^40 are no header of anything: the eight bytes are something else.
    return bytes[5] == 0 && bytes[6] == 0 && bytes[7] == 0
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var failure: SafetensorsError?
    do throws(SafetensorsError) { _ = try Safetensors(bytes) } catch { failure = error }
    scan.report(.safetensors(failure), place)
    return name
  }
}
