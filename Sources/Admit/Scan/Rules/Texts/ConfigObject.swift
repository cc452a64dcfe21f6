// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence

/// A Python object in a configuration that nobody has looked at.
struct ConfigObject: NoteRule {
  let kind = Note.Kind.configObject
  let card = RuleCard(
    code: "MRT-CFG-002", name: "The configuration names something that is not vetted", severity: .medium,
    verdict: .unknown,
    finds: """
      A value such as _target_, py/object, loader_module or the type of a module that names a Python \
      object which is on no list.
      """,
    why: """
      The library that reads the configuration imports what it names and calls it with other values \
      of the file.
      """,
    remedy: "If you trust the object with any data, allow it by name.",
    atlas: ["AML.T0011.000"],
    cwe: [470])
}
