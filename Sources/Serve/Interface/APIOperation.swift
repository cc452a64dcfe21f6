// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One thing that can be asked for over the API. The server answers exactly these, and the description at
/// `/api/v1/openapi.json` is made from them, so that neither can have what the other does not.
package struct APIOperation: Sendable {
  package enum Method: String, Sendable { case get, put, post, patch, delete }

  /// What stands in the body of a question or an answer.
  package enum Content: Sendable {
    case json(Schema)
    case bytes
    case text
    case none
  }

  /// A part of the question that stands behind `?`.
  package struct Query: Sendable {
    let name: String
    let schema: Schema
    let isRequired: Bool
  }

  package let id: ID
  package let method: Method
  /// Below `/api/v1`, with names in braces.
  package let path: String
  let summary: String
  /// What the asker must be allowed to do; nil where any credential will do.
  package let action: String?
  let queries: [Query]
  let question: Content
  let status: Int
  let answer: Content
  /// Statuses of refusals beside those that every operation has.
  let refusals: [Int]

  package enum ID: String, CaseIterable, Sendable {
    case openAPI, whoAmI
    case listVersions, showModel, showVersion, getFile, listEvidence, addEvidence, setTags, setLineage
    case approve, release, quarantine, retire, revoke, setAlias, removeAlias
    case beginPush, showPush, putPiece, completePush, cancelPush
    case listPrincipals, addPrincipal, disablePrincipal, enablePrincipal, erasePrincipal
    case listKeys, makeKey, rotateKey, revokeKey
    case listGrants, addGrant, removeGrant, explainAccess
    case getPolicy, setPolicy
    case listQuotas, setQuota, removeQuota, listRetentions, setRetention, removeRetention
    case listGuarded, showGuarded, clearGuarded, keepCalibration
    case getCheckpoint, listEntries, proveEntry
  }

  init(
    _ id: ID, _ method: Method, _ path: String, _ summary: String, action: String?, queries: [Query] = [],
    question: Content = .none, status: Int = 200, answer: Content, refusals: [Int] = []
  ) {
    self.id = id
    self.method = method
    self.path = path
    self.summary = summary
    self.action = action
    self.queries = queries
    self.question = question
    self.status = status
    self.answer = answer
    self.refusals = refusals
  }

  /// The names in braces.
  package var parameters: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
  }
}

extension APIOperation {
  package static let all: [APIOperation] = general + versions + pushes + access + room + guards + record

  private static let general = [
    APIOperation(
      .openAPI, .get, "/openapi.json", "This description", action: nil, answer: .json(.anything)),
    APIOperation(
      .whoAmI, .get, "/whoami", "Who the credential says you are", action: nil,
      answer: .json(.document("Asker"))),
  ]

  private static let ofVersion = "/models/{model}/versions/{version}"

  private static let versions = [
    APIOperation(
      .listVersions, .get, "/models", "Every version that you may see", action: nil,
      answer: .json(.list(.document("Version")))),
    APIOperation(
      .showModel, .get, "/models/{model}", "The versions of a model, the newest first", action: "view",
      answer: .json(.list(.document("Version"))), refusals: [404]),
    APIOperation(
      .showVersion, .get, ofVersion, "One version", action: "view", answer: .json(.document("Version")),
      refusals: [404]),
    APIOperation(
      .getFile, .get, ofVersion + "/files/{file}",
      "The bytes of a file, by its place in the list; verified before the first byte is sent",
      action: "operate",
      queries: [Query(name: "sealed", schema: .boolean, isRequired: false)], answer: .bytes,
      refusals: [400, 404, 409]),
    APIOperation(
      .listEvidence, .get, ofVersion + "/evidence", "Every signed statement about the digest",
      action: "audit",
      answer: .json(.list(.document("Envelope"))), refusals: [404]),
    APIOperation(
      .addEvidence, .post, ofVersion + "/evidence", "Sign an in-toto predicate about the digest",
      action: "assess", question: .json(.document("Attestation")), status: 201,
      answer: .json(.document("Envelope")), refusals: [400, 404, 413]),
    APIOperation(
      .setTags, .patch, ofVersion + "/tags", "Set tags, and take some away", action: "submit",
      question: .json(.document("Tags")), answer: .json(.document("Version")), refusals: [400, 404, 413]),
    APIOperation(
      .setLineage, .put, ofVersion + "/lineage", "Say what it was made from", action: "submit",
      question: .json(.document("Lineage")), answer: .json(.document("Version")), refusals: [400, 404, 413]),
    APIOperation(
      .approve, .post, ofVersion + "/approvals", "Agree to the release, on the evidence of now",
      action: "approve", question: .json(.document("Where")), status: 201,
      answer: .json(.document("Approval")), refusals: [400, 404, 409, 413]),
    APIOperation(
      .release, .post, ofVersion + "/release", "Ask the gate", action: "operate",
      question: .json(.document("Where")), answer: .json(.document("Decision")),
      refusals: [400, 404, 409, 413]),
    APIOperation(
      .quarantine, .post, ofVersion + "/quarantine", "Take it out of service until it is decided about again",
      action: "operate", question: .json(.document("Why")), answer: .json(.document("Version")),
      refusals: [400, 404, 409, 413]),
    APIOperation(
      .retire, .post, ofVersion + "/retire", "Take it out of service: it is not needed any more",
      action: "operate", question: .json(.document("Why")), answer: .json(.document("Version")),
      refusals: [400, 404, 409, 413]),
    APIOperation(
      .revoke, .post, ofVersion + "/revoke", "Take it out of service for good", action: "operate",
      question: .json(.document("Why")), answer: .json(.document("Version")),
      refusals: [400, 404, 409, 413]),
    APIOperation(
      .setAlias, .put, "/models/{model}/aliases/{alias}", "Let a name point to a version", action: "operate",
      question: .json(.document("Alias")), answer: .json(.document("Version")), refusals: [400, 404, 413]),
    APIOperation(
      .removeAlias, .delete, "/models/{model}/aliases/{alias}", "Take a name away", action: "operate",
      status: 204, answer: .none, refusals: [404]),
  ]

  private static let pushes = [
    APIOperation(
      .beginPush, .post, "/pushes",
      "Offer files by name, digest and size; the same offer again says what has not come yet",
      action: "submit",
      question: .json(.document("Offer")), status: 202, answer: .json(.document("PushStatus")),
      refusals: [400, 409, 413, 429]),
    APIOperation(
      .showPush, .get, "/pushes/{push}", "What has not come yet", action: "submit",
      answer: .json(.document("PushStatus")), refusals: [404]),
    APIOperation(
      .putPiece, .put, "/pushes/{push}/files/{file}/pieces/{piece}",
      "Send a piece of a file; when this is answered, it is kept", action: "submit", question: .bytes,
      status: 204, answer: .none, refusals: [400, 404, 413]),
    APIOperation(
      .completePush, .post, "/pushes/{push}/complete", "Scan, verify and seal what has come",
      action: "submit",
      answer: .json(.document("PushReport")), refusals: [404, 409, 422]),
    APIOperation(
      .cancelPush, .delete, "/pushes/{push}", "Forget what has come", action: "submit", status: 204,
      answer: .none, refusals: [404]),
  ]

  private static let access = [
    APIOperation(
      .listPrincipals, .get, "/principals", "Everybody, with what they were granted", action: "administer",
      answer: .json(.list(.document("Principal")))),
    APIOperation(
      .addPrincipal, .post, "/principals", "Enter a person or a service, who may do nothing yet",
      action: "administer", question: .json(.document("NewPrincipal")), status: 201,
      answer: .json(.document("Principal")), refusals: [400, 409, 413]),
    APIOperation(
      .disablePrincipal, .post, "/principals/{name}/disable", "Make every credential of somebody worthless",
      action: "administer", answer: .json(.document("Principal")), refusals: [404, 409]),
    APIOperation(
      .enablePrincipal, .post, "/principals/{name}/enable", "Let the credentials work again",
      action: "administer", answer: .json(.document("Principal")), refusals: [404]),
    APIOperation(
      .erasePrincipal, .delete, "/principals/{name}", "Take the name and the credentials out of the store",
      action: "administer", status: 204, answer: .none, refusals: [404, 409]),
    APIOperation(
      .listKeys, .get, "/keys", "API keys, without their secrets", action: "administer",
      answer: .json(.list(.document("Key")))),
    APIOperation(
      .makeKey, .post, "/keys", "Make an API key", action: "administer",
      question: .json(.document("NewKey")), status: 201, answer: .json(.document("MadeKey")),
      refusals: [400, 409, 413]),
    APIOperation(
      .rotateKey, .post, "/keys/{key}/rotate", "Make the key that takes the place of another",
      action: "administer", status: 201, answer: .json(.document("MadeKey")), refusals: [404, 409]),
    APIOperation(
      .revokeKey, .delete, "/keys/{key}", "End a key now", action: "administer", status: 204, answer: .none,
      refusals: [404, 409]),
    APIOperation(
      .listGrants, .get, "/grants", "Every grant", action: "administer",
      answer: .json(.list(.document("Grant")))),
    APIOperation(
      .addGrant, .post, "/grants", "Give somebody a role, or deny it", action: "administer",
      question: .json(.document("Grant")), status: 201, answer: .json(.document("Grant")),
      refusals: [400, 404, 413]),
    APIOperation(
      .removeGrant, .post, "/grants/remove", "Take a grant away, as it was given", action: "administer",
      question: .json(.document("Grant")), status: 204, answer: .none, refusals: [400, 404, 413]),
    APIOperation(
      .explainAccess, .get, "/access", "Whether somebody may do something, and why", action: "administer",
      queries: [
        Query(name: "name", schema: .string(shortest: 1), isRequired: true),
        Query(
          name: "action",
          schema: .oneOf([
            "view", "predict", "submit", "assess", "approve", "operate", "audit", "administer",
          ]), isRequired: true),
        Query(name: "model", schema: .name, isRequired: false),
        Query(name: "submitter", schema: .string(shortest: 1), isRequired: false),
      ], answer: .json(.document("Explanation")), refusals: [400, 404]),
  ]

  private static let models = Query(
    name: "models", schema: .string(pattern: "^[A-Za-z0-9._*-]{1,64}$"), isRequired: true)

  private static let room = [
    APIOperation(
      .getPolicy, .get, "/policy", "The policy that holds", action: "audit",
      queries: [Query(name: "environment", schema: .string(longest: 64), isRequired: false)],
      answer: .json(.document("Policy")), refusals: [400]),
    APIOperation(
      .setPolicy, .put, "/policy", "Make a policy the store's, and decide about every released version anew",
      action: "administer", question: .json(.document("NewPolicy")), answer: .json(.document("Policy")),
      refusals: [400, 413]),
    APIOperation(
      .listQuotas, .get, "/quotas", "How much models may take", action: "operate",
      answer: .json(.list(.document("Quota")))),
    APIOperation(
      .setQuota, .put, "/quotas", "Set how much the models of a pattern may take together",
      action: "administer", question: .json(.document("Quota")), answer: .json(.document("Quota")),
      refusals: [400, 413]),
    APIOperation(
      .removeQuota, .delete, "/quotas", "Take a quota away", action: "administer", queries: [models],
      status: 204, answer: .none, refusals: [400, 404]),
    APIOperation(
      .listRetentions, .get, "/retentions", "Which versions give up their files", action: "operate",
      answer: .json(.list(.document("Retention")))),
    APIOperation(
      .setRetention, .put, "/retentions", "Set which versions of the models of a pattern give up their files",
      action: "administer", question: .json(.document("Retention")), answer: .json(.document("Retention")),
      refusals: [400, 413]),
    APIOperation(
      .removeRetention, .delete, "/retentions", "Take a rule away", action: "administer", queries: [models],
      status: 204, answer: .none, refusals: [400, 404]),
  ]

  private static let everybody = Query(name: "all", schema: .boolean, isRequired: false)

  private static let guards = [
    APIOperation(
      .listGuarded, .get, "/guard", "Whom the guards of models have flagged, or everybody they know",
      action: "operate", queries: [everybody], answer: .json(.list(.document("GuardedClient"))),
      refusals: [400]),
    APIOperation(
      .showGuarded, .get, "/models/{model}/guard", "The same of one model", action: "operate",
      queries: [everybody], answer: .json(.list(.document("GuardedClient"))), refusals: [400, 404]),
    APIOperation(
      .clearGuarded, .post, "/models/{model}/guard/clear",
      "End the evidence against somebody; their budget stays used", action: "operate",
      question: .json(.document("ClearedClient")), answer: .json(.document("GuardedClient")),
      refusals: [400, 404, 413]),
    APIOperation(
      .keepCalibration, .put, ofVersion + "/guard",
      "Keep a calibration of the guard, which servers take unless their settings name another; nothing gives it out again",
      action: "operate", question: .json(.anything), answer: .json(.list(.document("KeptCalibration"))),
      refusals: [400, 404, 409, 413]),
  ]

  private static let record = [
    APIOperation(
      .getCheckpoint, .get, "/log/checkpoint", "The signed head of the log", action: "audit", answer: .text),
    APIOperation(
      .listEntries, .get, "/log/entries", "Entries of the log, the newest first", action: "audit",
      queries: [
        Query(name: "before", schema: .integer(from: 0, to: 1 << 53), isRequired: false),
        Query(name: "limit", schema: .integer(from: 1, to: 1000), isRequired: false),
      ], answer: .json(.document("Entries")), refusals: [400]),
    APIOperation(
      .proveEntry, .get, "/log/entries/{index}/proof",
      "A proof that an entry is in the log, for checking offline",
      action: "audit", answer: .text, refusals: [404]),
  ]
}
