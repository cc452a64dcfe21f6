// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes
package import MartletEvidence

/// Something that a scan came across, in a file or in an archive inside of it: for those who list what is in a model and
/// have no opinion about it. Bytes that only look like a format, such as numbers that begin like one, are not told.
package enum ScanSight: Sendable {
  /// Bytes that are read as `format`, as reports name it. Of an archive the members are told first.
  case part(member: String?, format: String, Bytes)
  case pickle(member: String?, PickleContents)
}

/// What one pickle, or several behind each other, make their loader import and fetch.
package struct PickleContents: Sendable {
  /// A global, as it is named: nothing says that it exists.
  package struct Import: Sendable, Hashable {
    package let module: String
    package let name: String
  }

  /// The numbers of tensors that share them, in a file of torch.
  package struct Storage: Sendable, Hashable {
    /// Among the storages of this pickle.
    package let key: String
    /// Such as `FloatStorage`.
    package let type: String
    /// Elements, as the pickle states them; may be nonsense.
    package let count: Int64
  }

  /// In the order in which they are first named, at most ``Limits/pickleGlobals``.
  package let imports: [Import]
  /// At most ``Limits/archiveMembers``. A storage stands there as often as a tensor names it.
  package let storages: [Storage]
  /// Every stream was read to its end.
  package let isWhole: Bool

  init(_ facts: PickleFacts) {
    imports = facts.globals.map { Import(module: $0.module, name: $0.name) }
    storages = facts.storages.map { Storage(key: $0.key, type: $0.type, count: $0.count) }
    isWhole =
      facts.isComplete && facts.notes(.malformed).isEmpty && facts.notes(.limit).isEmpty
  }
}

extension Finding {
  /// Whether it says that something could not be read, whatever may be in it.
  package var meansUnread: Bool { Catalog.verdict(of: self) == .incomplete }
}

/// Passes on what a scan comes across.
struct ScanWitness {
  let tell: (ScanSight) -> Void

  func saw(_ bytes: Bytes, as format: String, at place: ArtifactScan.Place) {
    if !place.isRawData { tell(.part(member: place.member, format: format, bytes)) }
  }

  func saw(_ facts: PickleFacts, at place: ArtifactScan.Place) {
    if !place.isRawData { tell(.pickle(member: place.member, PickleContents(facts))) }
  }
}
