// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes
package import MartletONNXSchema
import SwiftProtobuf

/// Why bytes are not an ONNX model.
package enum ONNXError: Error, Equatable, Sendable {
  /// The bytes are not a protocol buffer of the ONNX layout, or stop in the middle of one.
  case malformed
  /// There is no graph, or no operator set, so that nothing could ever run it.
  case missing(String)
}

extension ONNXError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed: "expected an ONNX model, found bytes that are no ONNX protocol buffer or are cut short"
    case .missing(let part): "expected an ONNX model, found one without \(part)"
    }
  }
}

/// An ONNX file, read whole.
package struct ONNXModel: Sendable {
  /// What the file says, in the standard's own layout.
  package let proto: ONNXModelProto

  /// - Throws: ``ONNXError/malformed`` and ``ONNXError/missing(_:)``.
  package init(_ bytes: Bytes) throws(ONNXError) {
    do {
      proto = try unsafe bytes.withUnsafeBytes { raw in
        guard let start = raw.baseAddress else { throw ONNXError.malformed }
        // The view lives inside this closure only, and the parser keeps nothing of it.
        let view = unsafe Data(
          bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: raw.count, deallocator: .none)
        return try ONNXModelProto(serializedBytes: view)
      }
    } catch {
      throw .malformed
    }
    guard proto.hasGraph else { throw .missing("a graph") }
    guard !proto.opsetImport.isEmpty else { throw .missing("an operator set") }
  }

  /// A model that is already read.
  /// - Throws: ``ONNXError/missing(_:)``.
  package init(_ proto: ONNXModelProto) throws(ONNXError) {
    guard proto.hasGraph else { throw .missing("a graph") }
    guard !proto.opsetImport.isEmpty else { throw .missing("an operator set") }
    self.proto = proto
  }
}
