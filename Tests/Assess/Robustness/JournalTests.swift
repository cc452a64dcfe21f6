// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletRobustness
import MartletRuntime
import Testing

/// A run that was stopped goes on, and ends as if it had not been.
@Suite struct JournalTests {
  let folder: URL
  var path: String { folder.appendingPathComponent("work").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
  }

  private func run(_ journal: AttackJournal?, count: Int = 20) throws -> PlanReport {
    let all = try Example.test(of: "Examples/digits/digits.npz")
    return try Assessment(
      model: Example.bytes("Examples/digits/digits.onnx"), inputs: all.inputs.rows(0..<count),
      labels: Array(all.labels.prefix(count)), library: RuntimeLibrary.open(),
      options: .init(threads: 2, batch: 6)
    ).run(.init(radii: [0.05, 0.1], seed: 5), journal: journal)
  }

  @Test func whereverItIsCutTheResultIsTheSame() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try run(nil)
    let kept = try run(AttackJournal(path, about: "digits"))
    #expect(kept.examples == whole.examples)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    // A kill may come in the midst of a line, the first one too.
    for cut in [0, 5, bytes.count / 2, bytes.count - 1] {
      try bytes.prefix(cut).write(to: URL(fileURLWithPath: path))
      let again = try run(AttackJournal(path, about: "digits"))
      #expect(again.examples == whole.examples, "cut at \(cut)")
      #expect(again.adversarials == whole.adversarials)
      #expect(again.attempts.map(\.slopeQueries) == whole.attempts.map(\.slopeQueries), "cut at \(cut)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count >= bytes.count * 9 / 10)
    }
  }

  @Test func nothingIsAskedTwice() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try run(AttackJournal(path, about: "digits"))
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    _ = try run(AttackJournal(path, about: "digits"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func otherWorkAndOtherFilesAreRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try AttackJournal(path, about: "digits")
    #expect { try AttackJournal(path, about: "letters") } throws: { error in
      "\(error)".contains("digits") && "\(error)".contains("letters")
    }
    for text in [
      "important notes\n", "important notes", "{}\n", "{\"journal\":1,\"work\":\"digits\"}\nnonsense\n",
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: RobustnessError.self) { try AttackJournal(path, about: "digits") }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(text.utf8), "was changed")
    }
    #expect(throws: RobustnessError.self) { try AttackJournal(path + "/no/folder", about: "digits") }
  }
}
