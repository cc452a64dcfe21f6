// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats

/// The scan of one file and of everything in it.
struct ArtifactScan {
  /// Where in the file the scan is.
  struct Place {
    var members: [String] = []
    /// The pickle of a torch archive, whose persistent ids name storages.
    var isTorchPickle = false
    /// Raw numbers that happen to begin like a format are no broken one: only harm counts.
    var isRawData = false

    var member: String? { members.isEmpty ? nil : members.joined(separator: "!") }

    func inside(_ name: String) -> Place { Place(members: members + [name]) }
  }

  let allow: AllowList
  let folder: any DataFolder
  private(set) var findings: [Finding] = []
  private(set) var dataFiles: Set<String> = []
  /// Storages that the torch pickles of this file name.
  var storages: [PickleFacts.Storage] = []
  /// What members may still become when they are inflated.
  var inflatable = Limits.inflatedTotal

  init(allow: AllowList, folder: any DataFolder) {
    self.allow = allow
    self.folder = folder
  }

  /// Reads bytes as everything that they are.
  /// - Returns: the name of the format.
  @discardableResult
  mutating func scan(_ bytes: Bytes, as place: Place) -> String {
    guard place.members.count <= Limits.nesting else {
      report(.file(.nesting(limit: Limits.nesting)), place)
      return "unknown"
    }
    guard !bytes.isEmpty else {
      report(.file(.empty), place)
      return "empty"
    }
    let formats = FileFormat.identify(bytes)
    if formats.isEmpty { report(.file(.unrecognised), place) }
    if formats.count > 1 { report(.file(.polyglot(formats)), place) }
    var name: String?
    for format in formats {
      let read = scan(bytes, format, place)
      name = name ?? read
    }
    return name ?? "unknown"
  }

  private mutating func scan(_ bytes: Bytes, _ format: FileFormat, _ place: Place) -> String {
    switch format {
    case .pickle: scanPickle(bytes, place)
    case .zip: return scanZip(bytes, place)
    case .npy: scanArray(bytes, place)
    case .safetensors:
      var failure: SafetensorsError?
      do throws(SafetensorsError) { _ = try Safetensors(bytes) } catch { failure = error }
      report(.safetensors(failure), place)
    case .onnx:
      let walk = ONNXWalk(bytes, folder: place.members.isEmpty ? folder : NoFolder())
      dataFiles.formUnion(walk.facts.dataFiles)
      report(.onnx(walk.facts), place)
    case .json, .text:
      report(.text(TextFacts(bytes)), place)
      scanTextAsPickle(bytes, place)
    case .png, .jpeg, .gif:
      let end = Picture.end(of: bytes, as: format)
      if end != bytes.count { report(.file(.pictureTail(offset: end)), place) }
    }
    return format.rawValue
  }

  private mutating func scanArray(_ bytes: Bytes, _ place: Place) {
    var facts = NumpyFacts()
    do {
      let array = try NumpyArray(bytes)
      facts.trailing = array.trailing.count
      if let pickle = array.pickle { scanPickle(pickle, place.inside("objects")) }
    } catch {
      facts.error = error
    }
    report(.numpy(facts), place)
  }

  /// Runs every rule over what a parser has read, and puts the place into its findings.
  mutating func report(_ artifact: ParsedArtifact, _ place: Place) {
    for finding in Catalog.findings(in: artifact) {
      if place.isRawData, Catalog.verdict(of: finding) != .unsafe { continue }
      var placed = finding
      placed.member = place.member
      findings.append(placed)
    }
  }
}
