// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletInference

/// What the head of a question says, for the next question with the same head. The credential is not kept: each time it is
/// what the bytes say.
struct KnownHead {
  let head: PlainHead
  let address: ModelAddress
  let form: QuestionForm
  let trace: TraceContext?
  /// Where the credential stands: what is behind `Bearer`.
  let credential: Range<Int>
  private let before: [UInt8]
  private let after: [UInt8]

  /// - Returns: nil for a head that is no question with a bearer credential.
  init?(_ head: PlainHead, _ bytes: Span<UInt8>) {
    guard head.isPost, head.hasLength, let authorization = head.authorization, authorization.count > 7,
      bytes.text(authorization.lowerBound..<authorization.lowerBound + 7).lowercased() == "bearer ",
      let address = ModelAddress(inferencePath: bytes.text(head.target))
    else { return nil }
    let (encoding, type) = (bytes.text(head.contentEncoding), bytes.text(head.contentType))
    guard
      let form = try? QuestionForm(
        contentEncoding: encoding, contentType: type, jsonLength: bytes.text(head.jsonLength))
    else { return nil }
    (self.head, self.address, self.form) = (head, address, form)
    trace = TraceContext(bytes.text(head.traceparent))
    credential = authorization.lowerBound + 7..<authorization.upperBound
    before = Self.copy(bytes.extracting(0..<credential.lowerBound))
    after = Self.copy(bytes.extracting(credential.upperBound..<head.count))
  }

  /// Whether the same head stands at the beginning of other bytes, whatever the credential in it.
  func matches(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= head.count, Self.isSame(bytes.extracting(0..<before.count), before),
      Self.isSame(bytes.extracting(credential.upperBound..<head.count), after)
    else { return false }
    // It is one value still, which neither ends the line nor has another length.
    for place in credential where !(0x21...0x7E).contains(bytes[place]) { return false }
    return true
  }

  private static func isSame(_ part: Span<UInt8>, _ known: [UInt8]) -> Bool {
    unsafe part.withUnsafeBufferPointer { part in
      unsafe known.withUnsafeBufferPointer { known in unsafe part.elementsEqual(known) }
    }
  }

  private static func copy(_ part: Span<UInt8>) -> [UInt8] {
    unsafe part.withUnsafeBufferPointer { unsafe Array($0) }
  }
}
