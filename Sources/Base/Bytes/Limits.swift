// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Every cap on hostile input, in one place. Reaching one is a finding or an error that names it, never a crash,
/// and what lies beyond it is never called safe.
package enum Limits {
  /// Bytes. A file up to this size is copied into memory before it is judged; a larger one is mapped.
  package static let copiedFile = 4 << 20
  /// Bytes. A file from this size on is digested and scanned by two threads at once.
  package static let splitFile = 8 << 20
  /// Bytes. A mapping of this size or more is not kept in memory while it is scanned.
  package static let releasedMapping = 8 << 20
  /// Bytes. Verdicts on smaller files are not kept: looking at them again is quicker than finding them.
  package static let cachedFile = 1 << 20

  /// Bytes that one compressed member may become.
  package static let inflatedMember = 256 << 20
  /// Bytes that all compressed members of one artifact may become together.
  package static let inflatedTotal = 1 << 30
  /// Members of one archive, directories and repeats included.
  package static let archiveMembers = 1 << 17
  /// Archives in archives, pickles in pickles.
  package static let nesting = 8
  /// Bytes that the parts of an artifact may have beside ``nesting`` times its own and those that were inflated: decoded texts.
  package static let smallParts = 1 << 16
  /// Bytes that a part counts for beside its own.
  package static let smallPart = 64

  /// Bytes of the JSON header of a safetensors file; the reference implementation refuses more.
  package static let safetensorsHeader = 100_000_000
  /// Tuples, lists and dictionaries in each other in the header of a numpy array.
  package static let literalDepth = 64
  /// Bytes of the header of a numpy array.
  package static let numpyHeader = 1 << 20
  /// Dimensions of a numpy array; numpy itself stops at 64.
  package static let numpyDimensions = 64

  /// Values on the stack of the abstract pickle machine.
  package static let pickleStack = 1 << 22
  /// Entries in its memo.
  package static let pickleMemo = 1 << 23
  /// Entries of the memo that lie far from where picklers write.
  package static let pickleFarMemo = 1 << 18
  /// Items that a container may unfold to when its pickle is a thousand times smaller.
  package static let pickleExpansion = 1 << 30
  /// Containers in each other; Python's pickler stops at its recursion limit, long before.
  package static let pickleDepth = 1000
  /// The highest memo index that says nothing about memory: an unpickler allocates up to the highest.
  package static let pickleMemoIndex = 1 << 24
  /// Distinct globals one pickle may name.
  package static let pickleGlobals = 1 << 16
  /// Cells for the contents of containers; when they are full, what the stack no longer reaches is forgotten.
  package static let pickleCells = 1 << 18
  /// Items that are remembered of one container.
  package static let pickleItems = 128
  /// Pickle streams that follow each other in one file.
  package static let pickleStreams = 1 << 16

  /// Bytes of a member that is disassembled with its archive; a larger one is asked for by name.
  package static let disassembledMember = 16 << 20
  /// Constructs that a certificate of safety lists.
  package static let certificateConstructs = 4096
  /// Findings of one rule in one artifact; what comes after is counted, not listed.
  package static let findingsPerRule = 64
  /// Files and folders under one scanned directory.
  package static let scannedFiles = 1 << 18
  /// Folders in each other under one scanned directory.
  package static let scannedDepth = 64

  /// Levels of nesting in a JSON text.
  package static let jsonDepth = 128

  /// Bytes of a signature bundle: one resource is about 150, and there are at most `filesOfAnArtifact`.
  package static let signatureBundle = 32 << 20

  /// Files and folders of one artifact.
  package static let filesOfAnArtifact = 100_000
}
