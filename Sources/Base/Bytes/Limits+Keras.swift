// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Limits {
  /// Steps through the structure of one HDF5 file: messages, nodes, records, objects of heaps.
  package static let hdf5Work = 1 << 22
  /// Objects of one HDF5 file.
  package static let hdf5Objects = 1 << 17
  /// Groups in each other.
  package static let hdf5Depth = 128
  /// Datatypes in each other, and members of one.
  package static let hdf5TypeDepth = 16
  package static let hdf5TypeMembers = 1 << 14
  /// Bytes of one attribute or dataset that are looked into as text or as something embedded.
  package static let hdf5Contents = 16 << 20
  /// Elements of variable length that are followed in one HDF5 file.
  package static let hdf5Elements = 1 << 26
  /// Chunks of one dataset that holds text.
  package static let hdf5Chunks = 1 << 18
  /// Bytes of the name of an object.
  package static let hdf5Name = 4096
  /// Values of all attributes and datasets of one file that are looked into.
  package static let hdf5Values = 1 << 18
  /// Bytes of a configuration of Keras, or of the schema of skops.
  package static let modelConfig = 16 << 20
  /// Values in such a configuration.
  package static let modelConfigValues = 1 << 20
  /// Elements that a dataset may declare whatever its file holds.
  package static let hdf5Declared = 1 << 28
  /// Elements that it may declare for each byte of its file beyond that; a compressor of numbers reaches a thousand.
  package static let hdf5Ratio = 4096
}
