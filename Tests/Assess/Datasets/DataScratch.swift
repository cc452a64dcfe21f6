// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletDatasets
import MartletEvidence
import MartletFormats
import Testing

/// A folder for one test, and a key that seals in it.
final class DataScratch: Sendable {
  let folder: String
  private let signer = EvidenceSigner()

  init() throws {
    var template = Array("/tmp/martlet data XXXXXX".utf8CString)
    folder = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { folder + "/" + name }

  @discardableResult func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  @discardableResult func write(_ bytes: [UInt8], to name: String) throws -> String {
    let path = path(name)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
  }

  /// Seals a file into `NAME.manifest`.
  @discardableResult func seal(
    _ name: String, _ options: ReadingOptions = .init(), keepsRows: Bool = true
  ) throws -> DataManifest {
    try DataSeal.seal(
      path(name), into: path(name + ".manifest"), options: options, keepsRows: keepsRows,
      at: Date(timeIntervalSince1970: 1_700_000_000)
    ) { signer.sign(payload: $0) }.manifest
  }

  /// Opens the manifest of a file with the key of this test, or another.
  func sealed(_ name: String, by other: DataScratch? = nil) throws -> SealedDataset {
    let verifier = (other ?? self).signer.verifier
    return try UnverifiedManifest(bytes(name + ".manifest")).open { signature, signed in
      // What is signed is the envelope's own bytes, so that checking it goes through the envelope.
      let prefix = Array("DSSEv1 \(Envelope.inTotoType.utf8.count) \(Envelope.inTotoType) ".utf8)
      guard signed.starts(with: prefix), let space = signed[prefix.count...].firstIndex(of: 0x20) else {
        return false
      }
      let envelope = Envelope(
        payload: Data(signed[(space + 1)...]).base64EncodedString(), payloadType: Envelope.inTotoType,
        signatures: [.init(keyid: nil, sig: signature.base64EncodedString())])
      return (try? verifier.open(envelope)) != nil
    }
  }

  /// Holds another file against the manifest of `name`.
  func verify(_ name: String, against sealedName: String, withRows: Bool = true) throws -> DataVerification {
    try DataVerification(
      path(name), sealed(sealedName), rows: withRows ? path(sealedName + ".manifest.rows") : nil)
  }

  /// Rows of people, as CSV.
  static func people(_ count: Int, _ change: (inout [[String]]) -> Void = { _ in }) -> String {
    var rows = (0..<count).map { row in
      ["\(20 + row * 7 % 60)", ["Köln", "Bonn", "Trier"][row % 3], "\(Double(row * 13 % 97) / 4)", "\(row)"]
    }
    change(&rows)
    return "age,city,score,id\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// Small pictures with labels.
  static func pictures(_ count: Int, side: Int = 4, _ change: (inout [Float]) -> Void = { _ in }) -> [UInt8] {
    var x = (0..<count * side * side).map { Float($0 * 7919 % 101) / 101 }
    change(&x)
    return NumpyArchive.encoded([
      WrittenArray("x", float32: x, shape: [count, 1, side, side]),
      WrittenArray("y", int64: (0..<count).map { Int64($0 % 3) }),
    ])
  }
}
