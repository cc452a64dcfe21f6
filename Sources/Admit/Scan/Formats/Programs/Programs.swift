// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// Executables and libraries.
enum Programs: FormatFamily {
  static let formats: [any ScannedFormat] = Program.allCases.map { ProgramFormat(kind: $0) }
  static let archives: [any ArchiveProfile] = [JavaArchiveProfile()]
  static let texts: [any TextProfile] = [ScriptProfile()]
  static let rules: [any Rule] = [ProgramFile(), ScriptFile()]
}
