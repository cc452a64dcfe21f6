// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// The description of the API in OpenAPI 3.1, made from ``APIOperation/all``.
package struct OpenAPIDocument: Encodable, Sendable {
  private let version: String

  /// - Parameter version: of the program.
  package init(version: String) { self.version = version }

  package func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return try encoder.encode(self)
  }

  package func encode(to encoder: any Encoder) throws {
    var root = encoder.container(keyedBy: Name.self)
    try root.encode("3.1.0", forKey: "openapi")
    var info = root.nestedContainer(keyedBy: Name.self, forKey: "info")
    try info.encode("Martlet registry", forKey: "title")
    try info.encode(version, forKey: "version")
    try info.encode(
      "Models, their versions, evidence and releases, and who may do what.", forKey: "description")
    var license = info.nestedContainer(keyedBy: Name.self, forKey: "license")
    try license.encode("Apache-2.0", forKey: "identifier")
    try license.encode("Apache-2.0", forKey: "name")
    try root.encode([["url": "/api/v1"]], forKey: "servers")
    try root.encode([["key": [String]()]], forKey: "security")
    var paths = root.nestedContainer(keyedBy: Name.self, forKey: "paths")
    for (path, operations) in Dictionary(grouping: APIOperation.all, by: \.path) {
      var item = paths.nestedContainer(keyedBy: Name.self, forKey: Name(path))
      for operation in operations {
        var place = item.nestedContainer(keyedBy: Name.self, forKey: Name(operation.method.rawValue))
        try operation.describe(in: &place)
      }
    }
    var components = root.nestedContainer(keyedBy: Name.self, forKey: "components")
    try components.encode(Documents.all, forKey: "schemas")
    try components.encode(["key": ["type": "http", "scheme": "bearer"]], forKey: "securitySchemes")
  }
}

extension APIOperation {
  fileprivate func describe(in place: inout KeyedEncodingContainer<Name>) throws {
    try place.encode(id.rawValue, forKey: "operationId")
    try place.encode(summary, forKey: "summary")
    if let action { try place.encode(action, forKey: "x-martlet-action") }
    var parameters = place.nestedUnkeyedContainer(forKey: "parameters")
    for name in self.parameters {
      var parameter = parameters.nestedContainer(keyedBy: Name.self)
      try parameter.encode(name, forKey: "name")
      try parameter.encode("path", forKey: "in")
      try parameter.encode(true, forKey: "required")
      try parameter.encode(Self.schema(of: name), forKey: "schema")
    }
    for query in queries {
      var parameter = parameters.nestedContainer(keyedBy: Name.self)
      try parameter.encode(query.name, forKey: "name")
      try parameter.encode("query", forKey: "in")
      try parameter.encode(query.isRequired, forKey: "required")
      try parameter.encode(query.schema, forKey: "schema")
    }
    if question.mediaType != nil {
      var body = place.nestedContainer(keyedBy: Name.self, forKey: "requestBody")
      try body.encode(true, forKey: "required")
      try question.describe(in: &body)
    }
    var answers = place.nestedContainer(keyedBy: Name.self, forKey: "responses")
    var good = answers.nestedContainer(keyedBy: Name.self, forKey: Name("\(status)"))
    try good.encode("Done", forKey: "description")
    try answer.describe(in: &good)
    // A push of what the store has already is answered with what it has.
    if id == .beginPush {
      var known = answers.nestedContainer(keyedBy: Name.self, forKey: "200")
      try known.encode("The store has it already", forKey: "description")
      try Content.json(.document("PushReport")).describe(in: &known)
    }
    if id == .completePush {
      var refused = answers.nestedContainer(keyedBy: Name.self, forKey: "422")
      try refused.encode("It was looked at and refused", forKey: "description")
      try Content.json(.document("PushReport")).describe(in: &refused)
    }
    let usual = [401] + (action == nil ? [] : [403]) + [503]
    for status in usual + refusals where !(id == .completePush && status == 422) {
      var refusal = answers.nestedContainer(keyedBy: Name.self, forKey: Name("\(status)"))
      try refusal.encode(Self.meaning(of: status), forKey: "description")
      try Content.json(.document("Refusal")).describe(in: &refusal)
    }
  }

  private static func schema(of parameter: String) -> Schema {
    switch parameter {
    case "model": .name
    case "version": .version
    case "alias": .string(pattern: "^[A-Za-z_][A-Za-z0-9._-]{0,63}$")
    case "push": .string(pattern: "^[0-9a-f]{32}$")
    case "file", "piece": .integer(from: 0, to: 1 << 31)
    case "index": .integer(from: 0, to: 1 << 53)
    case "key": .string(pattern: "^[A-Za-z0-9]{1,64}$")
    default: .string(pattern: "^[A-Za-z0-9@ ._-]{1,64}$")
    }
  }

  private static func meaning(of status: Int) -> String {
    switch status {
    case 400: "The question is malformed"
    case 401: "A valid credential is needed"
    case 403: "The credential has no right to do that"
    case 404: "There is no such thing"
    case 409: "It cannot be done as things stand"
    case 413: "The question is too large"
    case 429: "Too many at once"
    default: "The server cannot answer now"
    }
  }
}

extension APIOperation.Content {
  fileprivate var mediaType: String? {
    switch self {
    case .json: "application/json"
    case .bytes: "application/octet-stream"
    case .text: "text/plain"
    case .none: nil
    }
  }

  fileprivate func describe(in place: inout KeyedEncodingContainer<Name>) throws {
    guard let mediaType else { return }
    var content = place.nestedContainer(keyedBy: Name.self, forKey: "content")
    var media = content.nestedContainer(keyedBy: Name.self, forKey: Name(mediaType))
    switch self {
    case .json(let schema): try media.encode(schema, forKey: "schema")
    case .bytes: try media.encode(["type": "string", "format": "binary"], forKey: "schema")
    case .text: try media.encode(["type": "string"], forKey: "schema")
    case .none: break
    }
  }
}
