// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension GraphWalk {
  /// What an operator means in its node; without a node it is only a name that something calls.
  mutating func judge(op: String, _ node: GraphNode?, in body: Int, _ bytes: Bytes?, _ place: String) {
    let construct = "tf.\(op.prefix(200))"
    let allow = "tf:\(op.prefix(200))"
    switch OperatorKind.of(op) {
    case .inert:
      if op == "PrintV2", let stream = node?.attribute("output_stream")?.strings.last,
        !["stderr", "stdout"].contains(stream), !stream.hasPrefix("log(")
      {
        return add(
          .graphWrites, "\(place) prints to a file", construct: "\(construct)('\(stream.prefix(200))')")
      }
      cover(allow, "only computes")
    case .python: add(.graphRunsPython, "\(place) calls a Python function", construct: construct)
    case .writes(let what): add(.graphWrites, "\(place) writes \(what)", construct: construct)
    case .reads(let what): add(.graphReads, "\(place) reads \(what)", construct: construct)
    case .network(let what): add(.graphNetwork, "\(place) \(what)", construct: construct)
    case .graph: add(.graphInGraph, "\(place) runs a graph that a tensor holds", construct: construct)
    case .ends(let what): add(.endsProcess, "\(place) \(what)", construct: construct)
    case .doubtful(let why): add(.unlistedOperator, "\(place) \(why)", construct: construct, allow: allow)
    case .unlisted:
      add(
        .unlistedOperator, "\(place) is of an operator that is not on the list", construct: construct,
        allow: allow)
    case .path(let use):
      if let bytes {
        later(use, body, bytes)
      } else if use.op == "ReadFile" {
        add(.graphReads, "\(place) reads files", construct: construct)
      } else {
        add(
          .unresolvedPath, "\(place) calls \(op) with a name that is not followed", construct: construct,
          allow: allow)
      }
    case .attribute(let name, let effect): judge(attribute: name, effect, op, node, place)
    }
  }

  private mutating func judge(
    attribute: String, _ effect: FilePathUse.Effect, _ op: String, _ node: GraphNode?, _ place: String
  ) {
    let harmless: (String) -> Bool = {
      $0.isEmpty || (attribute == "descriptor_source" && ($0 == "local://" || $0.hasPrefix("bytes://")))
    }
    for text in node?.attribute(attribute)?.strings ?? [] where !harmless(text) {
      let construct = "tf.\(op)('\(text.prefix(200))')"
      if text.hasPrefix("grpc:") {
        add(.graphNetwork, "\(place) sends tensors to an address", construct: construct)
      } else if effect == .write {
        add(.graphWrites, "\(place) writes tensors to a file", construct: construct)
      } else {
        add(.graphReads, "\(place) reads a file", construct: construct)
      }
    }
    if op == "DecodeProtoV2" || op == "EncodeProto" { cover("tf:\(op)", "the description is in the graph") }
  }

  /// Whether the names of files that reach an operator are the loader's own.
  mutating func judge(_ use: FilePathUse, _ sources: Set<PathSource>, _ node: GraphNode) {
    let place = "the node \(node.name.prefix(200))"
    let verb = use.effect == .write ? "writes to" : "reads"
    let kind: Note.Kind = use.effect == .write ? .graphWrites : .graphReads
    var isOrdinary = !sources.isEmpty
    for source in sources.sorted(by: { "\($0)" < "\($1)" }) {
      switch source {
      case .constant(let path):
        if use.ordinary == .memory, path.isEmpty { continue }
        if let reason = Self.leaves(path) {
          return add(
            kind, "\(place) \(verb) a file whose name \(reason)",
            construct: "tf.\(use.op)('\(path.prefix(200))')")
        }
        if use.ordinary != .saver { isOrdinary = false }
      case .piece(let path):
        guard let reason = Self.leaves(path) else { continue }
        return add(
          kind, "\(place) \(verb) a file whose joined name \(reason)",
          construct: "tf.\(use.op)('\(path.prefix(200))')")
      case .assetConstant(let path):
        // A table is filled while the loader stands by, which gives it the file among the assets when there is one.
        // Everything else also reads the constant itself.
        let isTable = use.op.hasPrefix("InitializeTable")
        if isTable, MemberName.escapes(path) != nil, !isAssetThere(path) { isOrdinary = false }
        if let reason = isTable ? Self.belongsToSystem(path) : Self.leaves(path) {
          return add(
            kind, "\(place) \(verb) a file whose name \(reason)",
            construct: "tf.\(use.op)('\(path.prefix(200))')")
        }
        if use.ordinary != .asset { isOrdinary = false }
      case .saver: if use.ordinary != .saver { isOrdinary = false }
      case .asset: if use.ordinary != .asset { isOrdinary = false }
      case .caller, .computed: isOrdinary = false
      }
    }
    // A prefix of constants alone is a file that the graph chose, unless it is the name that savers always have.
    if use.ordinary == .saver, !sources.contains(.saver) { isOrdinary = false }
    if isOrdinary { return cover("tf:\(use.op)", "works on the files that the loader names") }
    let from = sources.map(Self.name).sorted().prefix(4).joined(separator: ", ")
    let isChosen =
      use.effect == .write && !sources.isEmpty
      && sources.allSatisfy {
        switch $0 {
        case .constant, .piece: true
        default: false
        }
      }
    if use.op == "ReadFile" || use.ordinary == .memory || isChosen {
      return add(kind, "\(place) \(verb) a file whose name comes from \(from)", construct: "tf.\(use.op)")
    }
    add(
      .unresolvedPath, "\(place) \(verb) a file whose name comes from \(from)", construct: "tf.\(use.op)",
      allow: "tf:\(use.op)")
  }

  private func isAssetThere(_ path: String) -> Bool {
    guard let name = path.split(separator: "/").last else { return false }
    return assetFiles.contains(String(name))
  }

  /// Files that no model was ever made from.
  private static func belongsToSystem(_ path: String) -> String? {
    let folders = ["/etc/", "/proc/", "/sys/", "/dev/", "/root/.", "/var/run/", "/var/log/", "/run/"]
    let parts = path.split(separator: "/")
    let isHidden = parts.contains { [".ssh", ".aws", ".kube", ".docker", ".gnupg", ".netrc"].contains($0) }
    return isHidden || parts.last?.hasPrefix(".") == true || parts.contains("..")
      || folders.contains { path.hasPrefix($0) }
      ? "belongs to the system" : nil
  }

  private static func leaves(_ path: String) -> String? {
    if path.contains("://") { return "is an address" }
    if path.hasPrefix("~") { return "is in a home folder" }
    return MemberName.escapes(path)
  }

  private static func name(_ source: PathSource) -> String {
    switch source {
    case .piece(let path): "the text '\(path.prefix(100))'"
    case .constant(let path): "the constant '\(path.prefix(100))'"
    case .saver: "the loader"
    case .asset, .assetConstant: "an asset"
    case .caller(let name): "whoever calls \(name.prefix(100))"
    case .computed(let what): what
    }
  }
}
