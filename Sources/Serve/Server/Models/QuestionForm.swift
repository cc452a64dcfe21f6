// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import HTTPTypes
import Hummingbird
import MartletInference

/// What the headers of a question say about its body.
struct QuestionForm: Sendable {
  /// Where the JSON ends; `nil` when all of it is JSON.
  private let jsonLength: Int?
  /// The body has nothing but the elements of the only input.
  private let isRaw: Bool

  /// - Throws: a refusal of a body that is compressed, or whose JSON has no sensible length.
  init(_ headers: HTTPFields) throws(Refusal) {
    try self.init(
      contentEncoding: headers[.contentEncoding], contentType: headers[.contentType],
      jsonLength: headers[.inferenceHeaderContentLength])
  }

  init(contentEncoding: String?, contentType: String?, jsonLength: String?) throws(Refusal) {
    // What is small on the wire and large here is not taken.
    if let encoding = contentEncoding, encoding.lowercased() != "identity" {
      throw Refusal(
        status: .unsupportedMediaType,
        message: "expected a body without Content-Encoding, found \(encoding.prefix(40))")
    }
    let isBinary = contentType?.lowercased().hasPrefix("application/octet-stream") ?? false
    guard let text = jsonLength else {
      (self.jsonLength, isRaw) = (nil, isBinary)
      return
    }
    guard let length = Int(text), length >= 0 else {
      throw .malformed(
        "expected the length of the JSON in Inference-Header-Content-Length, found \(text.prefix(40))")
    }
    (self.jsonLength, isRaw) = (length, length == 0)
  }

  /// - Throws: `InferenceError`.
  func read(
    _ body: Span<UInt8>, for model: HostedModel, elements: Int, remembering memory: inout EnvelopeMemory
  ) throws(InferenceError) -> InferenceRequest {
    if isRaw { return try InferenceRequest(raw: body, inputs: model.inputs, limit: elements) }
    return try InferenceRequest(
      body: body, jsonLength: jsonLength, limit: elements, remembering: &memory)
  }
}

extension HTTPField.Name {
  /// Where the JSON ends and raw bytes begin, in questions and answers.
  static let inferenceHeaderContentLength = HTTPField.Name("Inference-Header-Content-Length")!
}
