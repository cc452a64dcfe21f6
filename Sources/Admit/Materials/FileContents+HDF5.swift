// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension FileContents {
  /// The datasets of numbers, each once however many names it has, and what Keras says about itself.
  mutating func readHDF5(_ bytes: Bytes, _ member: String?) throws(HDF5Error) {
    var file = try HDF5File(bytes)
    var pending = [(address: file.root, depth: 0)]
    var seen: Set<Int> = [file.root]
    while let (address, depth) = pending.popLast() {
      do throws(HDF5Error) {
        let object = try file.object(at: address)
        if depth == 0 { try readAttributes(of: object, &file) }
        if object.isDataset {
          let dataset = try file.dataset(object)
          if let type = ElementType.hdf5(dataset.type) { tensors.add(type, dataset.space.count) }
        }
        guard object.isGroup, depth < Limits.hdf5Depth else { continue }
        for (_, link) in try file.links(of: object) {
          guard case .hard(let next) = link, seen.insert(next).inserted else { continue }
          guard seen.count <= Limits.hdf5Objects else {
            throw .limit(what: "more than \(Limits.hdf5Objects) objects", offset: next)
          }
          pending.append((next, depth + 1))
        }
      } catch {
        if case .limit = error { throw error }
        miss(member, "\(error)")
      }
    }
  }

  /// `metadata.json` of a Keras archive.
  mutating func readKerasMetadata(_ bytes: Bytes) throws(JSONError) {
    guard bytes.count <= Limits.modelConfig else { return }
    note("keras:keras_version", try JSONReader.read(bytes.span)["keras_version"]?.string)
  }

  private mutating func readAttributes(of object: HDF5Object, _ file: inout HDF5File) throws(HDF5Error) {
    for range in try file.attributes(of: object) {
      let attribute = try file.attribute(range)
      guard ["keras_version", "backend"].contains(attribute.name),
        let value = try file.values(of: attribute).values.first
      else { continue }
      let text = String(decoding: value.slice(0..<min(value.count, Limits.billText)).array(), as: UTF8.self)
      note("keras:\(attribute.name)", String(text.prefix { $0 != "\0" }))
    }
  }
}
