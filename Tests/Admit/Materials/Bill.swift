// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletMaterials
import Testing

/// A bill of materials as its reader gets it, for tests.
struct Bill {
  let bytes: [UInt8]
  let json: [String: Any]

  /// The ordinary files that the tests of the scan have.
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Scan/Fixtures").standardizedFileURL

  init(of path: String, named name: String = "model") throws {
    bytes = try BillOfMaterials(of: Artifact(opening: path), named: name, by: "1.2.3").encoded()
    json = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  /// Of one of the fixtures.
  init(fixture name: String) throws { try self.init(of: Self.fixtures.appendingPathComponent(name).path) }

  var metadata: [String: Any] { json["metadata"] as? [String: Any] ?? [:] }
  var model: [String: Any] { metadata["component"] as? [String: Any] ?? [:] }
  var components: [[String: Any]] { json["components"] as? [[String: Any]] ?? [] }
  var files: [[String: Any]] { components.filter { $0["type"] as? String == "file" } }
  /// The names of the packages.
  var libraries: [String] {
    components.filter { $0["type"] as? String == "library" }.compactMap { $0["name"] as? String }
  }
  var parameters: [String: Any] {
    (model["modelCard"] as? [String: Any])?["modelParameters"] as? [String: Any] ?? [:]
  }
  /// By identifier or name.
  var licences: [String] {
    (model["licenses"] as? [[String: Any]] ?? []).compactMap { $0["license"] as? [String: String] }
      .map { "\($0["acknowledgement"] ?? "") \($0["id"] ?? "named " + ($0["name"] ?? ""))" }
  }

  /// The values of a property without its `martlet:`, of the model or of a file.
  func values(_ property: String, of file: String? = nil) -> [String] {
    let owner = file.map { name in files.first { $0["name"] as? String == name } ?? [:] } ?? model
    return (owner["properties"] as? [[String: String]] ?? [])
      .filter { $0["name"] == "martlet:\(property)" }.compactMap { $0["value"] }
  }

  /// Of the only file.
  func only(_ property: String) -> [String] { values(property, of: "model") }
}

/// A directory of files that a test makes.
struct ModelFolder {
  let path: String

  init(_ files: [String: Bytes]) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bom-\(UUID().uuidString)")
    path = folder.path
    for (name, bytes) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes.array()).write(to: file)
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Makes the bill of some files.
  static func bill(_ files: [String: Bytes]) throws -> Bill {
    let folder = try ModelFolder(files)
    defer { folder.remove() }
    return try Bill(of: folder.path)
  }

  static func bill(_ name: String, _ text: String) throws -> Bill { try bill([name: Bytes(utf8: text)]) }
}
