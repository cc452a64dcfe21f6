// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A program of `torch.export`: its graph is JSON that names operators.
struct TorchExportProfile: ArchiveProfile {
  let name = "torch-export"

  func fits(_ archive: any MemberArchive) -> Bool {
    archive.names.contains { $0.hasSuffix("/archive_format") }
  }

  func scan(_ archive: any MemberArchive, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    for name in archive.names where isProgram(name) {
      let inner = place.inside(name)
      guard let bytes = archive.contents(of: name), bytes.count <= Limits.scriptSource,
        let document = try? JSONReader.read(bytes.span)
      else {
        scan.note("torch.export.operator", "expected a program as JSON, found what cannot be read", inner)
        continue
      }
      var notes = Notes()
      walk(document, &notes)
      scan.report(notes, inner)
    }
  }

  /// As ``TorchLayout`` tells them.
  private func isProgram(_ name: String) -> Bool {
    let words = name.split(separator: "/", omittingEmptySubsequences: false)
    return words.count >= 3 && words[1] == "models" && name.hasSuffix(".json")
  }

  private func walk(_ value: JSONValue, _ notes: inout Notes) {
    switch value {
    case .array(let values): for item in values { walk(item, &notes) }
    case .object(let members):
      for member in members {
        if member.name == "target", case .string(let target) = member.value { judge(target, &notes) }
        walk(member.value, &notes)
      }
    default: return
    }
  }

  private static let plain: Set<String> = [
    "_operator.getitem", "_operator.add", "_operator.sub", "_operator.mul", "_operator.floordiv",
    "_operator.mod",
    "_operator.neg", "_operator.eq", "_operator.ne", "_operator.lt", "_operator.le", "_operator.gt",
    "_operator.ge",
    "_operator.truediv", "_operator.pow", "_operator.and_", "_operator.or_", "_operator.not_", "math.ceil",
    "math.floor",
    "math.trunc", "round", "builtins.min", "builtins.max", "torch.sym_max", "torch.sym_min", "torch.sym_int",
    "torch.sym_not",
    "torch.sym_float", "torch.sym_sqrt", "torch.sym_ite",
    "torch.ops.higher_order.cond", "torch.ops.higher_order.while_loop",
    "torch.ops.higher_order.wrap_with_set_grad_enabled",
    "torch.ops.higher_order.wrap_with_autocast", "torch.ops.higher_order.scan",
    "torch.ops.higher_order.associative_scan",
    "torch.ops.higher_order.map_impl",
  ]

  private func judge(_ target: String, _ notes: inout Notes) {
    // Inputs and outputs have targets that name no operator.
    let words = target.split(separator: ".", omittingEmptySubsequences: false)
    guard words.count > 1 else { return }
    if Self.plain.contains(target) { return }
    guard words.count >= 4, words[0] == "torch", words[1] == "ops" else {
      // The name of a buffer or a parameter holds no function of Python.
      if words[0] == "torch" || words[0] == "_operator" || words[0] == "builtins" || words[0] == "math" {
        notes.add(
          "torch.export.operator", "expected an operator of torch, found \(target)", construct: target,
          allow: "torch:\(target)")
      }
      return
    }
    let key = "\(words[2])::\(words[3])"
    switch TorchOperators.standing(String(words[2]), String(words[3])) {
    case .known: return
    case .harmful(let effect):
      notes.add(
        "torch.script.harm", "expected operators that compute, found \(key), which \(effect)", construct: key)
    case .unlisted:
      notes.add(
        "torch.export.operator", "expected an operator of torch, found \(key)", construct: key,
        allow: "torch:\(key)")
    }
  }
}

/// An archive of `torch.package` or of TorchServe: Python sources beside the pickles.
struct TorchPackageProfile: ArchiveProfile {
  let name = "torch-package"

  func fits(_ archive: any MemberArchive) -> Bool {
    archive.names.contains { $0.hasSuffix(".data/extern_modules") || $0 == "MAR-INF/MANIFEST.json" }
  }

  func scan(_ archive: any MemberArchive, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    for name in archive.names where name.hasSuffix(".py") {
      scan.note(
        "torch.package.code", "expected data only, found Python source that loading runs", construct: name,
        allow: "torch:package", place.inside(name))
    }
    for name in archive.names where name.hasSuffix(".data/extern_modules") {
      guard let bytes = archive.contents(of: name) else { continue }
      let text = String(decoding: bytes.slice(0..<min(bytes.count, 1 << 20)).array(), as: UTF8.self)
      for line in text.split(whereSeparator: \.isNewline) {
        guard let effect = DangerousGlobals.effect(String(line), "") else { continue }
        scan.note(
          "torch.package.extern", "\(line) \(effect)", construct: String(line), place.inside(name))
      }
    }
  }
}
