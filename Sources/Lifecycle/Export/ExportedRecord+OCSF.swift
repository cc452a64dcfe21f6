// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence

/// Records as events of the Open Cybersecurity Schema Framework: who signs in is Authentication (3002), what a stage refuses is
/// a Detection Finding (2004), everything else API Activity (6003).
///
/// `raw_data` is the entry as the log hashes it, and `raw_data_hash` its SHA-256. The log's own attestation is over these
/// bytes and not over the OCSF event, so that it is not claimed as the profile `record_integrity`: the place in the log stands
/// in `unmapped.record_integrity`, and a proof for it comes from `martlet log prove`.
extension ExportedRecord {
  private enum Kind: Int, Sendable {
    case detectionFinding = 2004
    case authentication = 3002
    case apiActivity = 6003

    var name: String {
      switch self {
      case .detectionFinding: "Detection Finding"
      case .authentication: "Authentication"
      case .apiActivity: "API Activity"
      }
    }

    var category: (uid: Int, name: String) {
      switch self {
      case .detectionFinding: (2, "Findings")
      case .authentication: (3, "Identity & Access Management")
      case .apiActivity: (6, "Application Activity")
      }
    }
  }

  private var kind: Kind {
    switch (record?.action, record?.outcome) {
    case ("serve.authenticate", _): .authentication
    case ("console.signin", _), ("console.signout", _): .authentication
    case ("admit", "refused"), ("assess", "refused"), ("release", "refused"): .detectionFinding
    default: .apiActivity
    }
  }

  private struct Event: Encodable {
    struct Named: Encodable {
      var name: String?
      var uid: String?
    }
    struct Product: Encodable {
      let name = "Martlet"
      let vendor_name = "Martlet"
      let version = MartletVersion.text
    }
    struct Metadata: Encodable {
      let version = "1.9.0"
      let product = Product()
      let uid: String
      let sequence: UInt64
      let log_name: String
      let event_code: String?
    }
    struct Actor: Encodable { let user: Named }
    struct API: Encodable { let operation: String }
    struct Resource: Encodable {
      let name: String?
      let uid: String?
      let type = "model"
    }
    struct Finding: Encodable {
      let uid: String
      let title: String
      let desc: String?
    }
    struct Endpoint: Encodable { let svc_name = "martlet" }
    struct Fingerprint: Encodable {
      let algorithm = "SHA-256"
      let algorithm_id = 3
      let value: String
    }
    struct Unmapped: Encodable {
      struct Place: Encodable {
        let origin: String
        let index: UInt64
        let leaf_hash: String
      }
      let record_integrity: Place
      let evidence: [String]?
    }

    let activity_id: Int
    let category_uid: Int
    let category_name: String
    let class_uid: Int
    let class_name: String
    let type_uid: Int
    let severity_id: Int
    let status_id: Int
    let status_detail: String?
    /// Milliseconds since 1970.
    let time: Int64
    let message: String
    let metadata: Metadata
    let actor: Actor?
    let user: Named?
    let service: Named?
    let api: API?
    let src_endpoint: Endpoint?
    let resources: [Resource]?
    let finding_info: Finding?
    let raw_data: String
    let raw_data_hash: Fingerprint
    let unmapped: Unmapped
  }

  var ocsfLine: String {
    let kind = kind
    let who = Event.Named(uid: record?.principal ?? "unknown")
    let resource = record.flatMap { record in
      record.model == nil && record.digest == nil
        ? nil : [Event.Resource(name: record.model, uid: record.digest.map { "sha256:\($0.hex)" })]
    }
    let title = record.map { "\($0.action) \($0.outcome)" } ?? "an entry that is not Martlet's"
    let isCall = kind == .apiActivity
    return Self.json(
      Event(
        activity_id: activity(kind), category_uid: kind.category.uid, category_name: kind.category.name,
        class_uid: kind.rawValue, class_name: kind.name, type_uid: kind.rawValue * 100 + activity(kind),
        severity_id: severity, status_id: kind == .detectionFinding ? 1 : succeeded ? 1 : 2,
        status_detail: record?.reason, time: Int64((record?.time.timeIntervalSince1970 ?? 0) * 1000),
        message: title,
        metadata: .init(
          uid: "\(origin)/\(index)", sequence: index, log_name: origin, event_code: record?.action),
        actor: isCall ? .init(user: who) : nil, user: kind == .authentication ? who : nil,
        service: kind == .authentication ? .init(name: "martlet") : nil,
        api: isCall ? .init(operation: record?.action ?? "unknown") : nil,
        src_endpoint: isCall ? .init() : nil, resources: resource,
        finding_info: kind == .detectionFinding
          ? .init(uid: "\(origin)/\(index)", title: title, desc: record?.reason) : nil,
        raw_data: String(decoding: entry, as: UTF8.self),
        raw_data_hash: .init(value: Digest.of(entry).hex),
        unmapped: .init(
          record_integrity: .init(origin: origin, index: index, leaf_hash: leafHash),
          evidence: record?.evidence?.map(\.hex))))
  }

  /// Logon and logoff; create, read, update and delete; a finding that is new.
  private func activity(_ kind: Kind) -> Int {
    switch (kind, record?.action) {
    case (.authentication, "console.signout"), (.apiActivity, "token.revoke"): kind == .authentication ? 2 : 4
    case (.authentication, _), (.detectionFinding, _): 1
    case (.apiActivity, "serve.view"), (.apiActivity, "serve.predict"): 2
    case (.apiActivity, "token.create"), (.apiActivity, "admit"): 1
    case (.apiActivity, "serve.start"), (.apiActivity, "serve.stop"), (.apiActivity, nil): 99
    case (.apiActivity, _): 3
    }
  }

  private var severity: Int {
    switch gravity {
    case .informational: 1
    case .low: 2
    case .medium: 3
    case .high: 4
    }
  }
}
