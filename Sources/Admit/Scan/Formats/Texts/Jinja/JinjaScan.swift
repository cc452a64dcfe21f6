// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Looks at a Jinja template wherever one lies: a chat template in a tokenizer's configuration, in GGUF metadata, in a
/// file of its own.
enum JinjaScan {
  /// Judges a template, and reports to `scan`. It is `safe` when every construct in it is known to be harmless with an
  /// ordinary, unguarded Jinja environment.
  static func examine(_ text: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    do throws(JinjaError) {
      var judge = JinjaJudge(try JinjaParser.parse(text))
      judge.run()
      notes = judge.notes
      for construct in judge.covered.sorted() {
        scan.saw(construct, covered: "part of Jinja that only makes text")
      }
    } catch {
      notes.add(
        .brokenTemplate, "expected a Jinja template, but \(error.reason)", at: error.offset,
        allow: "jinja:malformed")
      // Another reader may take what this one does not.
      if let word = JinjaNames.escape(in: text) {
        notes.add(.templateEscape, "it names \(word)", construct: word)
      }
    }
    scan.report(notes, place)
  }
}
