// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletMerkle

extension LogAudit {
  /// The log must begin with what witnesses have signed: an older copy of the log does not contain it, another history
  /// contradicts it. Only for a log whose files are as its checkpoint says.
  mutating func checkCosigned(key: LogVerifierKey) {
    do throws(LogError) {
      guard let cosigned = try directory.readCosigned(key: key)?.checkpoint else { return }
      guard cosigned.size <= checkpoint.size else {
        throw .rolledBack(seen: cosigned.size, found: checkpoint.size)
      }
      var snapshot = try LogSnapshot(of: directory, key: key)
      guard try snapshot.root(size: cosigned.size) == cosigned.root else {
        throw .rewritten(size: cosigned.size)
      }
    } catch {
      report.add(
        LogProblem(
          kind: .checkpoint, path: LogDirectory.cosignedName, entries: nil,
          expected: "a checkpoint that the log begins with", found: error.description))
    }
  }
}
