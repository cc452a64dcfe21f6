// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletInference

extension Target {
  /// What a client sends to the server.
  static let serve: [String: Body] = [
    "infer-json": { _ = try? InferenceRequest(body: $0.span, limit: 1 << 16) },
    // The first two bytes say where the JSON ends.
    "infer-binary": { bytes in
      guard bytes.count >= 2 else { return }
      let length = Int(bytes.span[0]) | Int(bytes.span[1]) << 8
      let body = bytes.slice(2..<bytes.count)
      _ = try? InferenceRequest(body: body.span, jsonLength: length, limit: 1 << 16)
    },
    "infer-raw": { bytes in
      for datatype in ["FP32", "FP16", "BYTES", "BOOL"] {
        let input = ModelMetadata.Tensor(name: "x", datatype: datatype, shape: [-1, 4, -1])
        _ = try? InferenceRequest(raw: bytes.span, inputs: [input], limit: 1 << 16)
      }
    },
  ]
}
