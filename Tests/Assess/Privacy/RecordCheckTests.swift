// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import MartletLearners
import MartletRuntime
import Testing

@testable import MartletPrivacy

private typealias P = PrivacyExample

@Suite("Records that would give a number that misleads")
struct RecordCheckTests {
  private func refusal(_ members: AuditRecords, _ nonmembers: AuditRecords) -> String? {
    do throws(PrivacyError) {
      _ = try RecordChecks(members: members, nonmembers: nonmembers)
      return nil
    } catch { return error.description }
  }

  @Test("what is right is taken as it is")
  func right() throws {
    let checked = try RecordChecks(
      members: try P.records(Array(0..<200), "m.npz"), nonmembers: try P.records(Array(200..<400), "n.npz"))
    #expect(checked.members.count == 200 && checked.nonmembers.count == 200)
    #expect(checked.checks.allSatisfy { $0.outcome == .passed }, "\(checked.checks)")
  }

  @Test("overlap: a little is left out and said, more is refused")
  func overlap() throws {
    let members = try P.records(Array(0..<200), "m.npz")
    let few = try RecordChecks(members: members, nonmembers: try P.records(Array(195..<395), "n.npz"))
    #expect(few.members.count == 195 && few.nonmembers.count == 195)
    #expect(few.checks.first { $0.name == "overlap" }?.detail.contains("5 records are members") == true)
    let reason = try #require(refusal(members, try P.records(Array(150..<350), "n.npz")))
    #expect(reason.contains("50 of 200 non-members are members too (ids 150, 151"), "\(reason)")
  }

  @Test("records that repeat others count once")
  func duplicates() throws {
    let checked = try RecordChecks(
      members: try P.records(Array(0..<100) + Array(0..<20), "m.npz"),
      nonmembers: try P.records(Array(200..<300), "n.npz"))
    #expect(checked.members.count == 100)
    #expect(checked.checks.first { $0.name == "duplicates" }?.outcome == .noted)
    let reason = try #require(
      refusal(
        try P.records((0..<200).map { $0 % 20 }, "m.npz"), try P.records(Array(200..<300), "n.npz")))
    #expect(reason.contains("at least 50 different records in m.npz, found 20"), "\(reason)")
  }

  @Test("too few records are refused")
  func few() throws {
    let reason = refusal(try P.records(Array(0..<49), "m.npz"), try P.records(Array(200..<300), "n.npz"))
    #expect(reason?.contains("found 49") == true)
  }

  @Test("a column that is the label under another name is refused")
  func leakage() throws {
    func leaking(_ rows: Range<Int>) throws -> AuditRecords {
      let records = try P.records(Array(rows), "m.npz")
      var values = try records.inputs.array(of: Float.self)
      for row in 0..<records.count { values[row * 30 + 7] = records.labels[row] == 1 ? -2 : 5 }
      return try AuditRecords(
        inputs: try Tensor(float32: values, shape: records.inputs.shape), labels: records.labels,
        name: "m.npz")
    }
    let reason = refusal(try leaking(0..<100), try leaking(100..<200))
    #expect(reason?.contains("column 7") == true)
  }

  @Test("other classes on one side are said")
  func classes() throws {
    let (_, labels) = try P.cancer()
    let ill = labels.indices.filter { labels[$0] == 0 }
    let well = labels.indices.filter { labels[$0] == 1 }
    let checked = try RecordChecks(
      members: try P.records(Array(ill.prefix(20) + well.prefix(100)), "m.npz"),
      nonmembers: try P.records(Array(ill.suffix(100) + well.suffix(20)), "n.npz"))
    let check = try #require(checked.checks.first { $0.name == "classes" })
    #expect(check.outcome == .noted && check.detail.contains("67 %"), "\(check.detail)")
  }

  @Test("members and non-members from different sources are refused")
  func sources() throws {
    let (values, labels) = try P.cancer()
    let rows = labels.indices.sorted { values[$0 * 30] < values[$1 * 30] }
    let chosen = Array(rows.prefix(150) + rows.suffix(150))
    let records = try P.records(chosen, "all")
    let columns = FeatureColumns(
      rowMajor: try records.inputs.array(of: Float.self), rows: 300, count: 30)
    do throws(PrivacyError) {
      _ = try BlindAttack.check(
        columns, labels: records.labels.map { Int($0) }, isMember: (0..<300).map { $0 < 150 }, seed: 0)
      Issue.record("two sources were taken for one")
    } catch { #expect(error.description.contains("told apart without the model")) }
    let check = try BlindAttack.check(
      columns, labels: records.labels.map { Int($0) }, isMember: (0..<300).map { $0 % 2 == 0 }, seed: 0)
    #expect(check.outcome == .passed, "\(check.detail)")
  }

  @Test("files that are none, or of another schema, are said to be it")
  func files() throws {
    func error(_ arrays: [WrittenArray]) -> String {
      do throws(PrivacyError) {
        _ = try AuditRecords(npz: P.npz(arrays), name: "m.npz")
        return ""
      } catch { return error.description }
    }
    let x = WrittenArray("x", float32: [1, 2, 3, 4], shape: [2, 2])
    #expect(error([x]) == "m.npz: expected the array y, found x")
    #expect(error([x, WrittenArray("y", int64: [1])]).contains("[2, 2] and [1]"))
    #expect(error([x, WrittenArray("y", int64: [1, -1])]).contains("found -1 in row 1"))
    #expect(
      error([WrittenArray("x", float32: [1, .nan], shape: [2, 1]), WrittenArray("y", int64: [0, 0])])
        .contains("NaN or infinity in row 1"))
    #expect(
      error([x, WrittenArray("y", int64: [1, 0]), WrittenArray("id", int64: [1])]).contains("one id for each")
    )
    #expect(throws: PrivacyError.self) { try AuditRecords(npz: Bytes(utf8: "no archive"), name: "m.npz") }
    let wide = try P.records(Array(0..<100), "m.npz")
    let narrow = try AuditRecords(
      inputs: try Tensor(float32: [Float](repeating: 1, count: 100), shape: [100, 1]),
      labels: [Int64](repeating: 0, count: 100), name: "n.npz")
    #expect(refusal(wide, narrow)?.contains("[30] in m.npz and [1] in n.npz") == true)
  }

  @Test("canaries need fair coins and enough of them")
  func canaries() throws {
    func error(_ count: Int, inside: Int) throws -> String {
      let records = try P.noise(count, seed: 1, name: "c.npz")
      do throws(PrivacyError) {
        _ = try Canaries(records, isIn: (0..<count).map { $0 < inside })
        return ""
      } catch { return error.description }
    }
    #expect(try error(200, inside: 100) == "")
    #expect(try error(99, inside: 50).contains("at least 100 canaries, found 99"))
    #expect(try error(200, inside: 190).contains("190 of 200"))
  }
}
