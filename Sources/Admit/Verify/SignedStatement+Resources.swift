// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletFormats

extension SignedStatement {
  /// Reads the resources: at least one, no name twice, no place outside of a model, in order.
  static func resources(
    _ value: JSONValue?, _ serialization: Serialization
  ) throws(SignatureError) -> [Resource] {
    guard let entries = value?.array else { throw .malformed("it lists no resources") }
    guard !entries.isEmpty else { throw .noResources }
    var resources: [Resource] = []
    resources.reserveCapacity(entries.count)
    var names: Set<[UInt8]> = []
    // The reference tool says the size of a shard once more, where OMS has the plain name.
    let reference = serialization.shardSize.map { "sha256-sharded-\($0)" }
    for entry in entries {
      guard let name = entry["name"]?.string, let algorithm = entry["algorithm"]?.string else {
        throw .malformed("a resource lacks its name or its digest")
      }
      guard algorithm == "sha256" || algorithm == reference else {
        throw .unsupported("its files are hashed with \(algorithm), expected sha256")
      }
      guard let digest = entry["digest"]?.string.flatMap({ Digest(hex: $0) }) else {
        throw .malformed("the digest of \(name) is no SHA-256 digest in lower-case hex")
      }
      guard let file = serialization.file(ofResource: name) else {
        throw .malformed("\(name) is no shard of a file")
      }
      guard file == "." || ModelPath(file).map({ !$0.names.isEmpty && $0.isExactly(file) }) == true else {
        throw .resourceLeadsOut(name)
      }
      guard names.insert(Array(name.utf8)).inserted else { throw .duplicateName(name) }
      resources.append(Resource(name: name, digest: digest))
    }
    try checkOrder(resources, serialization)
    return resources
  }

  /// OMS wants the code points of the names in order. The reference tool sorts by the parts of the paths, and shards by their
  /// offsets, which is another order for `a.b` and `a/c`. Both follow from the names alone, so that neither leaves the signer
  /// a choice, and any third order is refused.
  private static func checkOrder(_ resources: [Resource], _ serialization: Serialization)
    throws(SignatureError)
  {
    let pairs = zip(resources, resources.dropFirst())
    guard
      let wrong = pairs.first(where: { !$0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }),
      pairs.contains(where: { !precedes(key($0.name, serialization), key($1.name, serialization)) })
    else { return }
    throw .unsorted(wrong.1.name, after: wrong.0.name)
  }

  private static func key(_ name: String, _ serialization: Serialization) -> (path: [[UInt8]], start: Int) {
    let file = serialization.file(ofResource: name) ?? name
    let start =
      serialization.shardSize == nil ? 0 : Int(name.split(separator: ":").dropLast().last ?? "") ?? 0
    return (ModelPath(file)?.names ?? [], start)
  }

  private static func precedes(_ left: (path: [[UInt8]], start: Int), _ right: (path: [[UInt8]], start: Int))
    -> Bool
  {
    if left.path == right.path { return left.start < right.start }
    return left.path.lexicographicallyPrecedes(right.path) { $0.lexicographicallyPrecedes($1) }
  }

  /// Compares what was signed with what is there, file by file.
  /// - Parameters:
  ///   - name: of the model: what a single file may be called besides `.`.
  ///   - ignoresUnsigned: do not mind files that were not signed.
  /// - Throws: ``SignatureError/differs(_:)``.
  func compare(_ found: Manifest, name: String, ignoresUnsigned: Bool = false) throws(SignatureError) {
    let isFile = found.resources.allSatisfy { serialization.file(ofResource: $0.name) == "." }
    let signed = resources.map { isFile ? renamed($0, from: name) : $0 }.sorted {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    var differences: [SignatureError.Difference] = []
    var expected = signed[...]
    var present = found.resources[...]
    while expected.first != nil || present.first != nil {
      guard let first = expected.first, let other = present.first else {
        if let first = expected.popFirst() { differences.append(.missing(first.name)) }
        if let other = present.popFirst(), !ignoresUnsigned { differences.append(.added(other.name)) }
        continue
      }
      if first.name.utf8.elementsEqual(other.name.utf8) {
        if first.digest != other.digest { differences.append(.changed(first.name)) }
        expected.removeFirst()
        present.removeFirst()
      } else if first.name.utf8.lexicographicallyPrecedes(other.name.utf8) {
        differences.append(.missing(first.name))
        expected.removeFirst()
      } else {
        if !ignoresUnsigned { differences.append(.added(other.name)) }
        present.removeFirst()
      }
    }
    guard differences.isEmpty else { throw .differs(differences) }
  }

  /// OMS calls a single file by its name, the reference tool calls it `.`.
  private func renamed(_ resource: Resource, from name: String) -> Resource {
    guard let file = serialization.file(ofResource: resource.name), file.utf8.elementsEqual(name.utf8) else {
      return resource
    }
    return Resource(
      name: "." + String(decoding: resource.name.utf8.dropFirst(file.utf8.count), as: UTF8.self),
      digest: resource.digest)
  }
}
