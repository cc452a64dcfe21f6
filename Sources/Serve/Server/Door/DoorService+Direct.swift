// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletAccess
import MartletInference
import MartletLifecycle
import NIOCore

extension DoorService {
  /// Answers a question that has come whole, if nothing has to be waited for.
  /// - Parameters:
  ///   - credential: what stands behind `Bearer`.
  ///   - network: that the question is counted for.
  /// - Returns: the whole answer, or refusal, as it goes over the wire; nil when somebody has to be waited for, and nothing was done.
  func answer(
    _ known: KnownHead, _ credential: Span<UInt8>, _ body: Span<UInt8>, _ network: @autoclosure () -> String?,
    remembering memory: inout EnvelopeMemory, _ allocator: ByteBufferAllocator
  ) -> ByteBuffer? {
    let begun = ContinuousClock.now
    guard let asker = doorkeeper.recogniseFromMemory(key: credential),
      let model = desk.host.known(known.address.model, version: known.address.version),
      model.batcher == nil, model.isQuick, body.count <= model.settings.body
    else { return nil }
    var access: Duration?
    let outcome: Result<AnswerBody, Refusal>
    do throws(Refusal) {
      let admission = try desk.admit(
        asker, to: model, called: known.address.model, network: network(), trace: known.trace)
      access = .now - begun
      guard model.enter() else { throw .busy }
      defer { model.leave() }
      outcome = .success(try desk.answer(body, known.form, by: admission, remembering: &memory))
    } catch {
      outcome = .failure(error)
    }
    let (status, answer) = written(outcome, allocator)
    note(
      Answered(
        method: .post, path: nil, route: "infer", status: status, asker: asker.principal.id,
        trace: known.trace, duration: .now - begun, access: access, model: known.address.model))
    return answer
  }

  /// The answer of HTTP/1.1, in one piece: TLS makes a record of each.
  private func written(
    _ outcome: Result<AnswerBody, Refusal>, _ allocator: ByteBufferAllocator
  ) -> (status: Int, ByteBuffer) {
    switch outcome {
    case .success(let body):
      var buffer = allocator.buffer(capacity: head.count + 160 + body.bytes.count)
      buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
      if let length = body.jsonLength {
        buffer.writeStaticString(
          "Content-Type: application/octet-stream\r\nInference-Header-Content-Length: ")
        buffer.writeString(String(length))
        buffer.writeStaticString("\r\n")
      } else {
        buffer.writeStaticString("Content-Type: application/json\r\n")
      }
      finish(&buffer, body.bytes)
      return (200, buffer)
    case .failure(let refusal):
      let body = refusal.body
      var buffer = allocator.buffer(capacity: head.count + 512 + body.count)
      buffer.writeString("HTTP/1.1 \(refusal.status.code) \(refusal.status.reasonPhrase)\r\n")
      for field in refusal.headers { buffer.writeString("\(field.name.rawName): \(field.value)\r\n") }
      buffer.writeStaticString("Content-Type: application/json\r\n")
      finish(&buffer, body)
      return (refusal.status.code, buffer)
    }
  }

  private func finish(_ buffer: inout ByteBuffer, _ body: [UInt8]) {
    buffer.writeBytes(head)
    buffer.writeStaticString("Date: ")
    buffer.writeString(date.text)
    buffer.writeStaticString("\r\nContent-Length: ")
    buffer.writeString(String(body.count))
    buffer.writeStaticString("\r\n\r\n")
    buffer.writeBytes(body)
  }
}
