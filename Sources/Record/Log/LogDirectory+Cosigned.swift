// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFiles

extension LogDirectory {
  /// The newest checkpoint that others have signed too. It may be older than `checkpoint`, which each append replaces.
  static let cosignedName = "cosigned"

  func readCosigned(key: LogVerifierKey) throws(LogError) -> CosignedCheckpoint? {
    let file = try files { () throws(FilesError) in
      try WholeFile.read(absolute(Self.cosignedName), atMost: SignedNote.longest)
    }
    guard let file else { return nil }
    return try key.cosignedCheckpoint(from: file)
  }

  /// Keeps a cosigned checkpoint, unless a newer one is there. Signatures on the same one are put together.
  func keepCosigned(_ cosigned: CosignedCheckpoint, key: LogVerifierKey) throws(LogError) {
    let lock = try files { () throws(FilesError) in
      try FileLock.acquire(lockPath, purpose: "the log", waitingAtMost: .seconds(30))
    }
    defer { extendLifetime(lock) }
    var kept = cosigned
    if let known = try readCosigned(key: key) {
      guard known.checkpoint.size <= cosigned.checkpoint.size else { return }
      if known.checkpoint == cosigned.checkpoint { kept = known.adding(cosigned.note.signatures) }
    }
    let bytes = kept.encoded
    try files { () throws(FilesError) in
      try DurableFile.replace(absolute(Self.cosignedName), with: bytes.span)
    }
  }
}

extension LogReader {
  /// The newest checkpoint that witnesses have signed, or nil. Ask a ``WitnessPolicy`` about it.
  /// - Throws: as ``LogVerifierKey/cosignedCheckpoint(from:)``.
  package func cosigned() throws(LogError) -> CosignedCheckpoint? {
    try directory.readCosigned(key: key)
  }
}
