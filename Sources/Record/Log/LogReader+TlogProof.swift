// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletMerkle

extension LogReader {
  /// A proof that an entry is in the log, for checking offline: under the newest checkpoint that witnesses have signed, where that
  /// has the entry.
  /// - Parameter withEntry: whether the entry comes along, as the proof's extra data.
  package func tlogProof(of index: UInt64, withEntry: Bool) throws(LogError) -> TlogProof {
    var snapshot = try snapshot()
    let entry = try snapshot.entry(at: index)
    var (size, checkpoint) = (snapshot.checkpoint.size, snapshot.file)
    if let cosigned = try cosigned(), cosigned.checkpoint.size > index {
      (size, checkpoint) = (cosigned.checkpoint.size, cosigned.encoded)
    }
    return TlogProof(
      extra: withEntry ? entry : nil, index: index,
      path: try snapshot.inclusionProof(of: index, size: size).path, checkpoint: checkpoint)
  }
}
