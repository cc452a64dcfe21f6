// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletBytes
package import MartletEvidence

/// What somebody wants to bring into a store from elsewhere: names, digests and sizes, before any byte of it.
package struct PushOffer: Codable, Sendable, Equatable {
  package let model: String
  package let files: [Manifest.Resource]
  /// A signature of the files, as OMS tools write it.
  package let signature: Data?

  package init(model: String, files: [Manifest.Resource], signature: Data? = nil) {
    self.model = model
    self.files = files
    self.signature = signature
  }

  private init(_ artifact: Artifact, as model: String?, signature: Bytes?) {
    self.init(
      model: model ?? artifact.suggestedName, files: artifact.manifest.resources,
      signature: signature.map { Data($0.array()) })
  }

  /// Opens files of this machine, with the signature that lies with them unless another is named.
  /// - Throws: ``StoreError/artifact(_:)``.
  package static func reading(
    _ path: String, as model: String?, signature: String?
  ) throws(StoreError) -> (artifact: Artifact, offer: PushOffer) {
    do {
      let artifact = try Artifact(opening: path, excluding: SignatureFile.namesInside)
      let file = signature ?? SignatureFile.beside(path)
      let bytes = try file.map { try Bytes(contentsOf: $0) }
      let offer = PushOffer(artifact, as: model, signature: bytes)
      _ = try offer.manifest()
      return (artifact, offer)
    } catch { throw .artifact("\(error)") }
  }

  /// Bytes of all files.
  package var size: Int { files.reduce(0) { $0 + $1.size } }

  /// Every file in the order of the digest.
  /// - Throws: ``PushError`` for names that lead elsewhere, no files, too many or too large ones.
  package func manifest() throws -> Manifest {
    guard ModelName.isUsable(model) else { throw PushError.modelName(model) }
    guard files.count <= Limits.archiveMembers else { throw PushError.files(files.count) }
    var size = 0
    for file in files {
      let isWhole = file.name == "." && files.count == 1
      guard
        isWhole
          || ModelPath(file.name).map({ $0.isExactly(file.name) && !$0.names.isEmpty }) == true
      else { throw PushError.fileName(file.name) }
      guard file.size >= 0 else { throw PushError.size(file.size) }
      let (sum, overflows) = size.addingReportingOverflow(file.size)
      guard !overflows, sum <= Limits.push else { throw PushError.tooLarge }
      size = sum
    }
    guard size > 0 else { throw PushError.empty }
    if let signature, signature.count > Limits.pushedSignature { throw PushError.signature(signature.count) }
    return try Manifest(files)
  }
}

/// Why files were not taken.
package enum PushError: Error, Equatable, Sendable {
  case modelName(String)
  case fileName(String)
  case files(Int)
  case size(Int)
  case empty
  case tooLarge
  case signature(Int)
  case noSuchPush
  case tooMany
  case piece(expected: Int, found: Int)
  case noSuchPiece
  case incomplete(missing: Int)
  /// What came is not what was announced; it must come again.
  case changed(name: String)
}

extension PushError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .modelName(let name):
      "the name `\(name.prefix(80))` cannot be a model's: use letters, digits, `.`, `_` and `-`, at most 64"
    case .fileName(let name):
      "expected the name of a file inside of the model, with `/` between folders, found `\(name.prefix(80))`"
    case .files(let count): "expected at most \(Limits.archiveMembers) files, found \(count)"
    case .size(let size): "expected a size in bytes, found \(size)"
    case .empty: "expected files with bytes in them, found none"
    case .tooLarge: "expected files of at most \(Limits.push >> 30) GiB together, found more"
    case .signature(let bytes):
      "expected a signature of at most \(Limits.pushedSignature) bytes, found \(bytes)"
    case .noSuchPush:
      "there is no such push: it was completed, given up after a day without news, or is somebody else's"
    case .tooMany:
      "expected at most \(Limits.openPushes) unfinished pushes, found as many: complete or cancel one first"
    case .piece(let expected, let found): "expected a piece of \(expected) bytes, found \(found)"
    case .noSuchPiece: "the push has no such file or piece"
    case .incomplete(let missing): "\(missing) pieces have not come yet"
    case .changed(let name):
      "the bytes of \(name == "." ? "the file" : "`\(name.prefix(200))`") are not those that were announced: send them again"
    }
  }
}

extension Limits {
  /// Bytes of all files of one push: they are in memory together while they are scanned.
  package static let push = 16 << 30
  /// Bytes.
  package static let pushedSignature = 4 << 20
  /// Unfinished pushes of one principal.
  package static let openPushes = 16
}
