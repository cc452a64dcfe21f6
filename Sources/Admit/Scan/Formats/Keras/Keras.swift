// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// HDF5 and the models that Keras writes, skops, NeMo.
enum Keras: FormatFamily {
  static let formats: [any ScannedFormat] = [HDF5Format()]
  static let archives: [any ArchiveProfile] = [KerasArchive(), SkopsArchive(), NemoArchive()]
  static let texts: [any TextProfile] = [KerasText(), HydraText()]
  static let rules: [any Rule] = [
    BrokenHDF5(), CorruptingHDF5(), EscapingHDF5(), ForeignHDF5(), UnknownFilter(), ExtraHDF5(),
    UnreadHDF5(), KerasCode(), KerasReference(), KerasLayer(), KerasFile(), KerasName(),
    KerasUnlisted(), KerasBroken(), KerasMember(), KerasSize(), SkopsDanger(), SkopsUnlisted(), SkopsBroken(),
    SkopsTrick(), TargetDanger(), TargetUnlisted(), TargetUnread(),
  ]
}
