// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats

/// Reads the guard's JSON files: strictly as JSON first, which says where a text goes wrong, and by their form then.
enum GuardDocument {
  /// - Throws: ``GuardError/badDocument(kind:place:reason:)``.
  static func read<Document: Decodable>(_ bytes: Bytes, kind: String) throws(GuardError) -> Document {
    func bad(_ place: String, _ reason: String) -> GuardError {
      .badDocument(kind: kind, place: place.isEmpty ? "the text" : place, reason: reason)
    }
    guard bytes.count <= Limits.guardFile else {
      throw bad("", "expected at most \(Limits.guardFile) bytes, found \(bytes.count)")
    }
    do throws(JSONError) { _ = try JSONReader.read(bytes.span) } catch { throw bad("", "\(error)") }
    func path(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        .trimmingCharacters(in: ["."])
    }
    do { return try JSONDecoder().decode(Document.self, from: Data(bytes.array())) } catch {
      switch error as? DecodingError {
      case .keyNotFound(let key, let context): throw bad(path(context), "'\(key.stringValue)' is missing")
      case .typeMismatch(let type, let context): throw bad(path(context), "expected \(type)")
      case .valueNotFound(_, let context): throw bad(path(context), "expected a value, found null")
      case .dataCorrupted(let context): throw bad(path(context), context.debugDescription)
      default: throw bad("", "it does not have the form of one")
      }
    }
  }
}
