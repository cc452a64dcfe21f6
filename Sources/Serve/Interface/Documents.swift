// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The documents that the API takes and gives, by the names under which its description has them.
enum Documents {
  static let all: [String: Schema] = [
    "Refusal": .object([.required("error", .string(about: "What was expected, what was found, what to do"))]),
    "Asker": .object([
      .required("id", .string()), .required("name", .string()),
      .required("kind", .oneOf(["person", "service"])),
      .required("credential", .string()),
    ]),
    "Version": .object([
      .required("model", .name), .required("version", .integer(from: 1)), .required("digest", .digest),
      .required("state", .oneOf(states)), .required("format", .string()),
      .required("bytes", .integer(from: 0)),
      .required("files", .list(.document("File"))), .required("createdAt", .date),
      .optional("submitter", .string()), .optional("filesRemovedAt", .date),
      .required("aliases", .list(.name)), .required("tags", .map(.string())),
      .optional("lineage", .document("Lineage")),
      .required(
        "evidence",
        .list(
          .object([.required("kind", .string()), .required("at", .date), .required("id", .digest)]))),
      .required("approvals", .list(.document("Approval"))),
    ]),
    "File": .object([
      .required("name", .string(about: "`.` for a model of a single file")), .required("digest", .digest),
      .required("size", .integer(from: 0)),
    ]),
    "Lineage": .object([.optional("data", .digest), .optional("parent", .digest)]),
    "Tags": .object([
      .optional("set", .map(.string(longest: 256), names: Schema.namePattern)),
      .optional("remove", .list(.name)),
    ]),
    "Approval": .object([
      .required("principal", .string()), .required("model", .name), .required("digest", .digest),
      .required("evidence", .digest), .required("at", .date),
    ]),
    "Where": .object([.optional("environment", .string(longest: 64))]),
    "Why": .object([.required("reason", .string(pattern: "^.{1,200}$"))]),
    "Decision": .object([
      .required("released", .boolean), .required("policy", .string()),
      .required(
        "reasons",
        .list(
          .object([
            .required("rule", .string()), .required("satisfied", .boolean), .required("text", .string()),
          ]))),
    ]),
    "Envelope": .object([
      .required("payloadType", .string()), .required("payload", .base64),
      .required("signatures", .list(.anything)),
    ]),
    "Attestation": .object([
      .required("predicateType", .string(about: "A URI")), .required("predicate", .anything),
    ]),
    "Alias": .object([.required("version", .version)]),
    "Offer": .object([
      .required("model", .name), .required("files", .list(.document("File"))),
      .optional("signature", .base64),
    ]),
    "PushStatus": .object([
      .required("id", .string()), .required("pieceSize", .integer(from: 1)),
      .required(
        "missing",
        .list(
          .object([
            .required("file", .integer(from: 0)), .required("pieces", .list(.integer(from: 0))),
          ]))),
    ]),
    "PushReport": .object([
      .required("model", .name), .required("digest", .digest), .optional("version", .integer(from: 1)),
      .optional("state", .oneOf(states)), .required("wasKnown", .boolean), .optional("refusal", .string()),
      .required("stages", .list(.anything)),
    ]),
    "Principal": .object([
      .required("id", .string()), .required("name", .string()),
      .required("kind", .oneOf(["person", "service"])),
      .required("createdAt", .date), .optional("disabledAt", .date), .required("hasPassword", .boolean),
      .required("hasTOTP", .boolean), .required("grants", .list(.document("Grant"))),
    ]),
    "NewPrincipal": .object([
      .required("name", .string(shortest: 1, longest: 128)),
      .required("kind", .oneOf(["person", "service"])),
    ]),
    "Grant": .object([
      .required("name", .string(shortest: 1, longest: 128)), .required("role", .oneOf(roles)),
      .required("models", .string(shortest: 1, longest: 256)),
      .required("effect", .oneOf(["allow", "deny"])), .optional("response", .document("Response")),
    ]),
    "Response": .closed([
      .optional("decimals", .integer(from: 0, to: 6)), .optional("top", .integer(from: 1, to: 1_000_000)),
      .optional("labelOnly", .boolean), .optional("temperature", .number(from: 0.01, to: 100)),
      .optional("watermark", .boolean),
    ]),
    "Key": .object([
      .required("id", .string()), .required("owner", .string()), .required("created", .date),
      .optional("expires", .date), .required("state", .oneOf(["live", "expired", "revoked"])),
      .optional("lastUsed", .date), .required("scope", .string()),
    ]),
    "NewKey": .object([
      .required("name", .string(shortest: 1, longest: 128)),
      .required("kind", .oneOf(["person", "service"])), .required("role", .oneOf(roles)),
      .optional("models", .string(shortest: 1, longest: 256)), .optional("actions", .list(.oneOf(actions))),
      .optional("onlyModels", .list(.string(shortest: 1, longest: 256))),
      .optional("days", .integer(from: 1, to: 3650)), .optional("response", .document("Response")),
    ]),
    "MadeKey": .object([
      .required("id", .string()), .required("key", .string(about: "Shown this once")),
    ]),
    "Explanation": .object([
      .required("allowed", .boolean), .required("reason", .string()), .required("grants", .list(.anything)),
    ]),
    "Policy": .object([
      .required("name", .string()), .required("digest", .digest), .required("text", .string(about: "YAML")),
    ]),
    "NewPolicy": .object([
      .required("text", .string(about: "YAML")), .optional("environment", .string(longest: 64)),
    ]),
    "Quota": .object([
      .required("models", .string(pattern: "^[A-Za-z0-9._*-]{1,64}$")),
      .optional("bytes", .integer(from: 0, to: 1 << 53)),
      .optional("versions", .integer(from: 0, to: 1 << 31)),
    ]),
    "Retention": .object([
      .required("models", .string(pattern: "^[A-Za-z0-9._*-]{1,64}$")),
      .required("newest", .integer(from: 0, to: 1 << 31)),
      .required("days", .integer(from: 0, to: 36500)),
    ]),
    "GuardedClient": .object([
      .required("model", .name), .required("kind", .oneOf(clients)), .required("name", .string()),
      .optional("owner", .string()), .required("state", .oneOf(["clear", "log", "coarsen", "hold"])),
      .optional(
        "flag",
        .object([
          .required("kind", .oneOf(["attack", "shift", "drift"])), .required("reason", .string()),
          .required("evidence", .number(from: 0, to: 1e30)), .required("noticedAt", .integer(from: 1)),
          .required("shares", .map(.number(from: 0, to: 1))),
        ])),
      .required("queries", .integer(from: 0)), .required("spent", .integer(from: 0)),
      .optional("budget", .integer(from: 1)), .optional("renewsAt", .date), .required("seenAt", .date),
    ]),
    "KeptCalibration": .object([
      .required("model", .name), .required("version", .integer(from: 1)), .required("calibration", .digest),
    ]),
    "ClearedClient": .object([
      .required("kind", .oneOf(clients)), .required("name", .string(shortest: 1, longest: 64)),
      .optional("reason", .string(longest: 200)),
    ]),
    "Entries": .object([
      .required("size", .integer(from: 0)), .required("entries", .list(.document("Entry"))),
    ]),
    "Entry": .object([.required("index", .integer(from: 0)), .optional("record", .anything)]),
  ]

  private static let states = [
    "submitted", "admitted", "assessed", "released", "quarantined", "revoked", "retired",
  ]
  private static let clients = ["key", "tenant", "network"]
  private static let roles = [
    "viewer", "predictor", "submitter", "assessor", "approver", "operator", "auditor", "administrator",
  ]
  private static let actions = [
    "view", "predict", "submit", "assess", "approve", "operate", "audit", "administer",
  ]
}
