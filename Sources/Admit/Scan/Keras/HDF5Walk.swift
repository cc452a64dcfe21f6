// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Goes through every group, dataset and attribute of an HDF5 file.
struct HDF5Walk {
  private var file: HDF5File
  private let place: ArtifactScan.Place
  private(set) var notes = Notes()
  /// The file holds the configuration or the weights of a Keras model.
  private(set) var isKeras = false
  private var isPyTables = false
  /// Groups are named as those that Keras keeps weights in.
  private var isWeights = false
  private var valuesLeft = Limits.hdf5Values
  private var seen: Set<Int> = []

  init(_ file: HDF5File, _ place: ArtifactScan.Place) {
    self.file = file
    self.place = place
  }

  private struct Visit {
    let address: Int
    let path: String
    /// The objects on the way here.
    let depth: Int
  }

  mutating func run(in scan: inout ArtifactScan) {
    if let driver = file.driver {
      notes.add(
        .hdf5Foreign, "the driver \(driver) keeps parts of the file in other files", construct: driver,
        allow: "hdf5:driver \(driver)")
    }
    var pending = [Visit(address: file.root, path: "", depth: 0)]
    seen.insert(file.root)
    while let visit = pending.popLast() {
      do throws(HDF5Error) {
        let object = try file.object(at: visit.address)
        for kind in object.unknownMessages {
          notes.add(.hdf5Unread, "\(visit.path) has a message of the unknown kind \(kind)")
        }
        try attributes(of: object, visit.path, &scan)
        if object.isDataset {
          try dataset(object, visit.path, &scan)
        }
        guard object.isGroup else { continue }
        guard visit.depth < Limits.hdf5Depth else {
          throw .limit(what: "groups nest deeper than \(Limits.hdf5Depth)", offset: visit.address)
        }
        let links = try file.links(of: object)
        if visit.depth == 0, links.contains(where: { Self.kerasGroups.contains($0.name) }) {
          isWeights = true
        }
        for (name, link) in links {
          if let next = try follow(link, name, visit) { pending.append(next) }
        }
      } catch {
        notes.add(error)
        if case .limit = error { return }
      }
    }
  }

  private mutating func follow(
    _ link: HDF5Link, _ name: String, _ visit: Visit
  ) throws(HDF5Error) -> Visit? {
    let path = visit.path.isEmpty ? name : "\(visit.path.suffix(512))/\(name)"
    if name == ".." || name.contains("/") || name.utf8.contains(0) {
      notes.add(.kerasName, "the name \(name) leaves the group that it stands in", construct: path)
    }
    switch link {
    case .hard(let address):
      // An object with several names is looked at once.
      guard seen.insert(address).inserted else { return nil }
      guard seen.count <= Limits.hdf5Objects else {
        throw .limit(what: "more than \(Limits.hdf5Objects) objects", offset: address)
      }
      return Visit(address: address, path: path, depth: visit.depth + 1)
    case .soft: return nil
    case .external(let file, let target):
      foreign(file, "the link \(path) leads to \(target) of", mayBeBeside: true)
    case .userDefined(let type):
      notes.add(
        .hdf5Foreign, "the link \(path) is of the user's own kind \(type)", construct: path,
        allow: "hdf5:link \(type)")
    }
    return nil
  }

  /// Notes a reference to another file.
  private mutating func foreign(_ file: String, _ what: String, mayBeBeside: Bool) {
    let isBeside = mayBeBeside && !isKeras && !isWeights && MemberName.escapes(file) == nil
    notes.add(
      isBeside ? .hdf5Foreign : .hdf5Escape, "\(what) the file \(file)", construct: file,
      allow: isBeside ? "hdf5:file \(file)" : nil)
  }

  private static let kerasGroups: Set<String> = [
    "layers", "_layer_checkpoint_dependencies", "model_weights", "top_level_model_weights",
    "optimizer_weights",
  ]

  // MARK: Attributes

  private static let kerasAttributes: Set<String> = [
    "model_config", "training_config", "keras_version", "layer_names", "weight_names",
  ]

  private mutating func attributes(
    of object: HDF5Object, _ path: String, _ scan: inout ArtifactScan
  ) throws(HDF5Error) {
    for range in try file.attributes(of: object) {
      let attribute: HDF5Attribute
      do throws(HDF5Error) { attribute = try file.attribute(range) } catch {
        notes.add(error)
        continue
      }
      if Self.kerasAttributes.contains(attribute.name) { isKeras = true }
      if attribute.name == "PYTABLES_FORMAT_VERSION" { isPyTables = true }
      let label = path.isEmpty ? "@\(attribute.name)" : "\(path)@\(attribute.name)"
      let found: HDF5Values
      do throws(HDF5Error) { found = try file.values(of: attribute) } catch {
        notes.add(error)
        continue
      }
      if found.isCut { tooMuch(label) }
      for value in found.values {
        let text = Self.trimmed(value)
        if ["model_config", "training_config"].contains(attribute.name) || Self.isConfig(text) {
          scan.report(notes, place)
          notes = Notes()
          KerasConfig.examine(text, at: place.inside(label), in: &scan)
        }
        look(into: value, label, &scan)
      }
    }
  }

  /// Whether a text is an object of Keras, under whatever name it stands.
  private static func isConfig(_ text: Bytes) -> Bool {
    guard text.count > 16, text[0] == UInt8(ascii: "{") else { return false }
    let head = String(decoding: text.slice(0..<min(text.count, 1 << 16)).array(), as: UTF8.self)
    return head.contains("\"class_name\"") && head.contains("\"config\"")
  }

  /// Without the zeros or spaces that fill up a text of fixed length.
  private static func trimmed(_ value: Bytes) -> Bytes {
    let span = value.span
    var end = span.count
    while end > 0, span[end - 1] == 0 || span[end - 1] == 0x20 { end -= 1 }
    return value.slice(0..<end)
  }

  // MARK: Datasets

  private mutating func dataset(
    _ object: HDF5Object, _ path: String, _ scan: inout ArtifactScan
  ) throws(HDF5Error) {
    let dataset = try file.dataset(object)
    if dataset.space.count > Limits.hdf5Declared, dataset.space.count / Limits.hdf5Ratio > file.count {
      // Whoever reads it whole allocates it whole.
      notes.add(
        .hdf5Unread, "\(path) declares \(dataset.space.count) elements, far more than the file can hold")
    }
    for name in dataset.externalFiles { foreign(name, "the numbers of \(path) lie in", mayBeBeside: false) }
    if case .virtual(let heap, let index) = dataset.layout {
      for name in try file.virtualSources(heap: heap, index: index) where name != "." {
        foreign(name, "the dataset \(path) is put together from", mayBeBeside: true)
      }
    }
    for filter in dataset.filters {
      if let known = Self.filters[filter.id] {
        scan.saw("hdf5:filter \(filter.id)", covered: "\(known), a compressor of numbers")
      } else {
        notes.add(
          .hdf5Filter, "\(path) went through the filter \(filter.id) \(filter.name)",
          construct: "filter \(filter.id)", allow: "hdf5:filter \(filter.id)")
      }
    }
    let found = try file.values(of: dataset)
    if found.isCut, Self.isText(dataset.type) { tooMuch(path) }
    if found.filter != nil, Self.isText(dataset.type) {
      notes.add(.hdf5Unread, "the text of \(path) is compressed in a way that is not read")
    }
    for value in found.values { look(into: value, path, &scan) }
  }

  private static func isText(_ type: HDF5Datatype) -> Bool {
    switch type {
    case .integer, .bitfield: false
    case .array(_, let base): isText(base)
    default: true
    }
  }

  private mutating func tooMuch(_ label: String) {
    notes.add(.hdf5Unread, "\(label) has more text than is looked at")
  }

  /// Looks for another file in a value.
  private mutating func look(into value: Bytes, _ label: String, _ scan: inout ArtifactScan) {
    guard value.count >= 8 else { return }
    valuesLeft -= 1
    guard valuesLeft >= 0 else { return tooMuch(label) }
    guard ScannedFormats.formats.contains(where: { $0.fits(value) }) else { return }
    var inner = place.inside(label)
    // PyTables unpickles what looks like a pickle; for everybody else it is just a text.
    inner.isRawData = !isPyTables || !PickleProbe.looksLikePickle(value)
    if inner.isRawData {
      scan.scan(value, as: inner)
    } else {
      scan.scanPickle(Self.trimmed(value), inner)
    }
  }

  /// Filters of the HDF Group's registry, and who wrote them. None of them takes more than numbers.
  private static let filters: [Int: String] = [
    1: "deflate", 2: "shuffle", 3: "fletcher32", 4: "szip", 5: "nbit", 6: "scale-offset", 305: "LZO",
    307: "bzip2", 32000: "LZF", 32001: "Blosc", 32004: "LZ4", 32008: "bitshuffle", 32013: "ZFP",
    32015: "Zstandard", 32017: "SZ", 32026: "Blosc2",
  ]
}
