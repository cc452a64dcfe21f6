// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A group, a dataset or a named type, as its header describes it.
package struct HDF5Object: Sendable {
  package let address: Int
  let messages: [HDF5Message]
  /// Kinds of messages that no version of the format knows and that a reader must know.
  package let unknownMessages: [Int]

  package var isDataset: Bool { messages.contains { $0.type == HDF5Message.layout } }
  package var isGroup: Bool {
    messages.contains {
      $0.type == HDF5Message.symbolTable || $0.type == HDF5Message.linkInfo || $0.type == HDF5Message.link
    }
  }
}

/// What a name in a group stands for.
package enum HDF5Link: Sendable {
  /// An object of this file.
  case hard(Int)
  /// A path in this file.
  case soft(String)
  /// A path in another file.
  case external(file: String, path: String)
  /// What only a registered program can follow.
  case userDefined(Int)
}

/// How many elements there are.
package struct HDF5Dataspace: Sendable {
  package let dimensions: [Int]
  /// The number of elements.
  package let count: Int
}

/// Where the elements of a dataset are.
package enum HDF5Layout: Sendable {
  case compact(Range<Int>)
  /// The address is nil when nothing was written yet.
  case contiguous(Range<Int>?)
  case chunked(HDF5ChunkIndex)
  /// Put together from other datasets.
  case virtual(heap: Int?, index: Int)
}

/// How the chunks of a dataset are found.
package struct HDF5ChunkIndex: Sendable {
  package enum Kind: Sendable {
    case tree, single(size: Int?, mask: Int), implicit, fixedArray, extensibleArray, secondTree
  }
  package let kind: Kind
  package let address: Int?
  /// Elements of a chunk along each dimension.
  package let dimensions: [Int]
  /// Bytes of a chunk before any filter.
  package let bytes: Int
}

/// A step that the bytes of a chunk went through.
package struct HDF5Filter: Sendable {
  package let id: Int
  package let name: String
  package let values: [Int]
}

package struct HDF5Dataset: Sendable {
  package let type: HDF5Datatype
  package let space: HDF5Dataspace
  package let layout: HDF5Layout
  package let filters: [HDF5Filter]
  /// Names of other files that the elements lie in.
  package let externalFiles: [String]
}

package struct HDF5Attribute: Sendable {
  package let name: String
  package let type: HDF5Datatype
  package let space: HDF5Dataspace
  /// The elements as they lie in the file; short when the file says so.
  package let contents: Range<Int>
}

extension HDF5File {
  /// Reads the header of an object.
  package mutating func object(at address: Int) throws(HDF5Error) -> HDF5Object {
    let messages = try messages(at: address)
    let unknown = messages.filter { $0.type > 0x18 && $0.mustBeKnown }.map(\.type)
    for message in messages where message.isShared && !HDF5Message.shareable.contains(message.type) {
      _ = try body(of: message)
    }
    return HDF5Object(address: address, messages: messages, unknownMessages: unknown)
  }

  /// A dataspace message: how many elements there are.
  mutating func dataspace(in range: Range<Int>) throws(HDF5Error) -> HDF5Dataspace {
    let data = self.data
    let span = data.span
    var cursor = try HDF5Cursor(
      span, at: range.lowerBound, end: range.upperBound, sizes, "a dataspace")
    let version = try cursor.u8()
    let rank = try cursor.u8()
    let flags = try cursor.u8()
    guard version == 1 || version == 2 else {
      throw .malformed(what: "a dataspace", offset: range.lowerBound)
    }
    guard rank <= 32 else {
      throw .corrupting(
        what: "a dataspace of \(rank) dimensions where 32 fit", offset: range.lowerBound)
    }
    var isNull = false
    if version == 1 { try cursor.skip(5) } else { isNull = try cursor.u8() == 2 }
    var dimensions: [Int] = []
    var count = isNull ? 0 : 1
    for _ in 0..<rank {
      let dimension = try cursor.length()
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow else {
        throw .malformed(what: "the dimensions of a dataspace", offset: range.lowerBound)
      }
      count = product
      dimensions.append(dimension)
    }
    if flags & 1 != 0 { try cursor.skip(rank * sizes.length) }
    return HDF5Dataspace(dimensions: dimensions, count: count)
  }
}
