// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Rules about files as such, whatever their format.
enum FileRules {
  static let all: [any Rule] = [
    Unrecognised(), Unreadable(), EmptyFile(), EscapingLink(), SpecialFile(), NestingLimit(), Polyglot(),
  ]
}
