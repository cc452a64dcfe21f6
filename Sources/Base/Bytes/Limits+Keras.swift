// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Steps through the structure of one HDF5 file: messages, nodes, records, objects of heaps.
  package static let hdf5Work = 1 << 24
  /// Objects of one HDF5 file.
  package static let hdf5Objects = 1 << 17
  /// Groups in each other.
  package static let hdf5Depth = 128
  /// Datatypes in each other, and members of one.
  package static let hdf5TypeDepth = 16
  package static let hdf5TypeMembers = 1 << 14
  /// Bytes of one attribute or dataset that are looked into as text or as something embedded.
  package static let hdf5Contents = 16 << 20
  /// Values of all attributes and datasets of one file that are looked into.
  package static let hdf5Values = 1 << 20
  /// Bytes of a configuration of Keras, or of the schema of skops.
  package static let modelConfig = 16 << 20
  /// Values in such a configuration.
  package static let modelConfigValues = 1 << 20
}
