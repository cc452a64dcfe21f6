// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletBytes
import MartletEvidence
import MartletLifecycle
import MartletRegistry

extension Console {
  func mountUpload<Context: RequestContext>(on router: Router<Context>) {
    router.get("upload") { request, _ in
      let model = request.uri.queryParameters.get("model").map { String($0.prefix(64)) }
      return try await show(request) { visitor in try uploadPage(visitor, model) }
    }
    router.post("upload") { request, _ in try await takeForm(request) }
    router.post("upload/offers") { request, _ in try await takeOffer(request) }
    router.put("upload/{push}/files/{file}/pieces/{piece}") { request, context in
      try await takePiece(
        request, of: context.parameters.get("push") ?? "", file: context.parameters.get("file", as: Int.self),
        piece: context.parameters.get("piece", as: Int.self))
    }
    router.post("upload/{push}/complete") { request, context in
      try await complete(request, context.parameters.get("push") ?? "")
    }
  }

  private func uploadPage(_ visitor: Visitor, _ model: String?) throws -> Response {
    guard visitor.asker.mayAnywhere(.submit) else {
      try require(.submit, .everything, visitor)
      throw ConsoleRefusal.forbidden
    }
    return .page(
      UploadPage(
        chrome: Chrome("Upload", visitor, at: .upload, forms), token: forms.token(for: visitor.session),
        model: model,
        models: try lifecycle.store.registry.versions(of: nil).map(\.model)
          .filter { visitor.asker.may(.submit, .model($0)).allowed }))
  }

  // MARK: Without a script

  /// Takes a form with files as it comes: no more than a piece of it is in memory.
  private func takeForm(_ request: Request) async throws -> Response {
    guard request.isFromOwnPage, let session = request.sessionToken,
      let boundary = MultipartReader.boundary(of: request.headers[.contentType])
    else { throw ConsoleRefusal.foreignForm }
    guard let visitor = try await visitor(request) else { throw ConsoleRefusal.notSignedIn }
    guard let place = uploads.enter(visitor.asker.principal.id) else {
      throw ConsoleRefusal.refused(
        "You are uploading \(OpenUploads.most) models already. Wait until one of them is done.")
    }
    defer { place.leave() }
    // The fields before the first file say who asks for what. Before that is known, nothing is kept.
    let intake = FormIntake(
      accept: { [forms] in forms.isValid($0, for: session) },
      allow: { model in try require(.submit, .model(model), visitor) },
      hasRoom: { model, bytes in try lifecycle.checkRoom(forPushOf: model, bytes: bytes) },
      spool: { try lifecycle.spool() }, run: { try await NIOWork.run($0) })
    let spooled: FormIntake.Spooled
    do {
      var reader = MultipartReader(boundary: boundary)
      for try await buffer in request.body {
        try await intake.take(try reader.read(Array(buffer.readableBytesView)))
      }
      guard reader.isComplete else { throw ConsoleRefusal.malformed }
      spooled = try await intake.end()
    } catch {
      await intake.forget()
      throw error
    }
    let principal = visitor.asker.principal.id
    let report = try await onThread { () throws -> PushReport in
      do {
        let (known, push) = try spooled.spool.stage(spooled.offer, by: principal)
        if let known {
          try spooled.spool.remove()
          return known
        }
        return try lifecycle.completePush(push ?? "", by: principal)
      } catch {
        try? spooled.spool.remove()
        throw error
      }
    }
    return .seeOther(report.page)
  }

  // MARK: With our script, by pieces that can be sent again

  private func takeOffer(_ request: Request) async throws -> Response {
    let visitor = try await scripted(request)
    let offer: PushOffer
    do {
      let body = try await request.body.collect(upTo: Self.longestOffer)
      offer = try JSONDecoder().decode(PushOffer.self, from: Data(body.readableBytesView))
    } catch { throw ConsoleRefusal.malformed }
    try require(.submit, .model(offer.model), visitor)
    let principal = visitor.asker.principal.id
    let (known, status) = try await onThread { try lifecycle.beginPush(offer, by: principal) }
    return try .document(OfferAnswer(page: known?.page, push: status))
  }

  private func takePiece(
    _ request: Request, of push: String, file: Int?, piece: Int?
  ) async throws -> Response {
    let visitor = try await scripted(request)
    guard let file, let piece, file >= 0, piece >= 0 else { throw ConsoleRefusal.notFound }
    try await allow(push, visitor)
    let body: ByteBuffer
    do { body = try await request.body.collect(upTo: Lifecycle.pieceSize) } catch {
      throw ConsoleRefusal.malformed
    }
    let principal = visitor.asker.principal.id
    let bytes = Bytes(body.readableBytesView)
    try await onThread {
      try lifecycle.push(bytes, id: push, file: file, piece: piece, by: principal)
    }
    return Response(status: .noContent)
  }

  private func complete(_ request: Request, _ push: String) async throws -> Response {
    let visitor = try await scripted(request)
    try await allow(push, visitor)
    let principal = visitor.asker.principal.id
    let report = try await onThread { try lifecycle.completePush(push, by: principal) }
    return try .document(OfferAnswer(page: report.page, push: nil))
  }

  /// The right may have been taken away since the push began.
  private func allow(_ push: String, _ visitor: Visitor) async throws {
    let principal = visitor.asker.principal.id
    let model = try await onThread { try lifecycle.modelOfPush(push, by: principal) }
    try require(.submit, .model(model), visitor)
  }

  /// Bytes of names, digests and sizes.
  private static let longestOffer = 8 << 20
}

/// What the script does next: show a page, or send what has not come.
private struct OfferAnswer: Encodable {
  let page: String?
  let push: PushStatus?
}

extension PushReport {
  /// Where what came of it is told.
  fileprivate var page: String {
    guard let version else { return "/models/\(model)/refused/\(digest.hex)" }
    return "/models/\(model)/\(version)?done=\(wasKnown ? "known" : "pushed")"
  }
}

extension Response {
  /// For our script.
  static func document(_ value: some Encodable) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
  }
}
