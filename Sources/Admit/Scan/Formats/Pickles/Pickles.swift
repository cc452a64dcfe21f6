// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Python's pickles and what is written around them.
enum Pickles: FormatFamily {
  static let formats: [any ScannedFormat] = [PickleFormat()]
  static let rules: [any Rule] = [
    DangerousCall(), DangerousImport(), AttributeWalk(), UnlistedImport(), UncoveredCall(), ForeignWrite(),
    UncoveredState(), FalseElementType(), ComputedImport(), ExtensionCode(), PersistentReference(),
    MalformedPickle(),
    PickleLimit(), PickleTail(), AmbiguousNumber(), OutOfBandBuffer(), SuspiciousCall(), DisguisedName(),
    PickleExpansion(),
  ]
}
