// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import Logging
import MartletLifecycle

/// What every door of a server shares.
struct DoorService: Sendable {
  let doorkeeper: Doorkeeper
  let desk: InferenceDesk
  let metrics: ServerMetrics
  /// What is asked of each model.
  let traffic = TrafficMeter()
  let date: ServerDate
  let logger: Logger
  /// What every answer has.
  let fields: HTTPFields
  /// The same as lines.
  let head: [UInt8]

  init(doorkeeper: Doorkeeper, desk: InferenceDesk, metrics: ServerMetrics, logger: Logger) {
    self.doorkeeper = doorkeeper
    self.desk = desk
    self.metrics = metrics
    self.logger = logger
    date = ServerDate()
    var fields = HTTPFields.ofEveryAnswer
    fields[.server] = "martlet"
    fields[.cacheControl] = "no-store"
    self.fields = fields
    head = fields.flatMap { Array("\($0.name.rawName): \($0.value)\r\n".utf8) }
  }

  /// What somebody is told about an error: everything but a refusal stays inside.
  func refusal(for error: any Error) -> Refusal {
    if let refusal = error as? Refusal { return refusal }
    logger.error("request failed", metadata: ["reason": "\(error)"])
    return .failed
  }

  /// Counts a request, and writes a line about it where that is wanted.
  func note(_ answered: Answered) {
    metrics.count(answered)
    if let model = answered.model {
      traffic.count(model, status: answered.status, microseconds: answered.microseconds)
    }
    guard logger.logLevel <= .info else { return }
    var metadata: Logger.Metadata = [
      "method": "\(answered.method.rawValue)",
      "path": "\(answered.path ?? "/v2/models/\(answered.model ?? "")/infer")",
      "status": "\(answered.status)", "microseconds": "\(answered.microseconds)",
    ]
    if let asker = answered.asker { metadata["principal"] = "\(asker)" }
    if let trace = answered.trace {
      metadata["trace_id"] = "\(trace.trace)"
      metadata["parent_id"] = "\(trace.parent)"
    }
    logger.info("request", metadata: metadata)
  }
}

/// A request that was answered.
struct Answered: Sendable {
  let method: HTTPRequest.Method
  /// Nil for that of a question to ``model``.
  let path: String?
  /// A name for what the request asked for, of which there are few.
  let route: StaticString
  let status: Int
  let asker: String?
  let trace: TraceContext?
  let duration: Duration
  /// How much of it went into access.
  var access: Duration?
  /// That was asked a question.
  var model: String?

  var microseconds: Int64 { duration.microseconds }
}
