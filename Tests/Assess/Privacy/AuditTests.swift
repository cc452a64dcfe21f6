// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import MartletTraining
import SwiftProtobuf
import Testing

@testable import MartletPrivacy

private typealias P = PrivacyExample

@Suite("Audits of whole models")
struct AuditTests {
  private static let recipe = ShadowRecipe(shadows: 4, epochs: 60, batchSize: 32, learningRate: 5e-3)

  @Test("a network that learned by heart is found out, and what it learned is named by id only")
  func leaking() throws {
    let members = try P.noise(200, seed: 1, name: "members")
    let target = try P.learned(members, epochs: 120)
    let audit = try PrivacyAudit(
      target, members: members, nonmembers: try P.noise(200, seed: 2, name: "others"))
    let report = try audit.run(PrivacyOrder(recipe: Self.recipe, isRandomSplit: true))
    #expect(report.auc > 0.75, "\(report.auc)")
    #expect(report.risk.level >= 3 && report.risk.verdict != .accept)
    #expect(report.attacks.map(\.attack) == MembershipAttack.allCases)
    #expect(report.exposed.count > 10 && report.exposed.allSatisfy { (0..<200).contains($0) })
    #expect(try #require(report.epsilonLower) > 0.5)
    #expect(report.shadows == .init(count: 4, reused: 0, trainedOn: 200))
  }

  @Test("a network that was never trained leaks nothing")
  func clean() throws {
    let members = try P.noise(200, seed: 1, name: "members")
    let target = try P.learned(members, epochs: 0)
    let audit = try PrivacyAudit(
      target, members: members, nonmembers: try P.noise(200, seed: 2, name: "others"))
    let report = try audit.run(PrivacyOrder(recipe: Self.recipe, isRandomSplit: true))
    #expect(report.risk.level == 1 && report.risk.verdict == .accept, "\(report.risk)")
    #expect(report.epsilonLower == 0)
    #expect(report.found?.total == 100)
    #expect(report.chosen.rates[1].found == nil)
    #expect(report.limits.contains { $0.contains("2000 altogether") })
  }

  @Test("canaries give the bound, by the attack that was chosen without them")
  func canaries() throws {
    let inside = try P.noise(100, seed: 5, name: "in")
    let outside = try P.noise(100, seed: 6, name: "out")
    let members = try P.noise(200, seed: 1, name: "members")
    let all = try Tensor(
      float32: try members.inputs.array(of: Float.self) + inside.inputs.array(of: Float.self),
      shape: [300, 30])
    let target = try P.learned(
      try AuditRecords(inputs: all, labels: members.labels + inside.labels, name: "all"), epochs: 120)
    let both = try Tensor(
      float32: try inside.inputs.array(of: Float.self) + outside.inputs.array(of: Float.self),
      shape: [200, 30])
    let canaries = try Canaries(
      try AuditRecords(inputs: both, labels: inside.labels + outside.labels, name: "canaries"),
      isIn: (0..<200).map { $0 < 100 })
    let audit = try PrivacyAudit(
      target, members: members, nonmembers: try P.noise(200, seed: 2, name: "others"), canaries: canaries)
    let report = try audit.run(PrivacyOrder(recipe: Self.recipe, claimedEpsilon: 0.1))
    #expect(report.oneRun?.canaries == 200)
    #expect(try #require(report.epsilonLower) > 0.5)
    #expect(report.exposure == nil)
    #expect(report.risk.level == 5 && report.risk.reasons.contains { $0.contains("the claim is refuted") })
  }

  @Test("shadows of a forest are forests of its size, and are kept and used again")
  func forest() throws {
    let target = try TargetModel(
      try P.bytes("Examples/breast-cancer/forest.onnx"), library: try P.library.get())
    #expect(target.architectureWords.hasPrefix("a forest of "))
    let audit = try PrivacyAudit(
      target, members: try P.records(Array(0..<250), "m"), nonmembers: try P.records(Array(380..<569), "n"))
    let folder = NSTemporaryDirectory() + "martlet-privacy-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try ShadowStore(folder, key: "key")
    let first = try audit.run(PrivacyOrder(recipe: ShadowRecipe(shadows: 2)), store: store)
    let again = try audit.run(PrivacyOrder(recipe: ShadowRecipe(shadows: 3)), store: store)
    #expect(first.shadows?.reused == 0 && again.shadows?.reused == 2 && again.shadows?.count == 3)
    // A file that was cut short is made anew.
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: store.folder + "/shadow-0.npz"))
    let healed = try audit.run(PrivacyOrder(recipe: ShadowRecipe(shadows: 3)), store: store)
    #expect(healed.shadows?.reused == 2 && healed.auc == again.auc)
  }

  @Test("answers alone are enough, with shadows of others or without")
  func answers() throws {
    let models = RememberingModels(records: 800, shadows: 4, memory: 3, seed: 6)
    func scores(_ margins: [Float], _ labels: [Int]) -> [Float] {
      zip(margins, labels).flatMap { margin, label in (0..<3).map { $0 == label ? margin : -logf(2) } }
    }
    var arrays = [
      WrittenArray("scores", float32: scores(models.margins, models.labels), shape: [800, 3]),
      WrittenArray("y", int64: models.labels.map(Int64.init)),
      WrittenArray("member", int64: models.isMember.map { $0 ? 1 : 0 }),
    ]
    let bare = try AnswerRecords(npz: P.npz(arrays), name: "answers.npz").audit(PrivacyOrder())
    #expect(bare.attacks.map(\.attack) == [.loss, .entropy] && bare.shadows == nil)
    #expect(bare.checks.contains { $0.name == "records" && $0.outcome == .noted })
    arrays.append(
      WrittenArray(
        "shadow_scores", float32: models.shadows.margins.flatMap { scores($0, models.labels) },
        shape: [4, 800, 3]))
    arrays.append(
      WrittenArray("shadow_member", int64: models.shadows.isIn.flatMap { $0.map { $0 ? 1 : 0 } }))
    let whole = try AnswerRecords(npz: P.npz(arrays), name: "answers.npz").audit(PrivacyOrder())
    #expect(whole.attacks.count == 6 && whole.auc > bare.auc + 0.05)
    arrays[1] = WrittenArray("y", int64: models.labels.map { _ in 3 })
    #expect(throws: PrivacyError.self) { try AnswerRecords(npz: P.npz(arrays), name: "answers.npz") }
  }

  @Test("an attribute that the other values tell is no gain; one that the model remembers is")
  func attribute() throws {
    let members = try P.noise(200, seed: 1, name: "members")
    let others = try P.noise(200, seed: 2, name: "others")
    let target = try P.learned(members, epochs: 120)
    let audit = try PrivacyAudit(target, members: members, nonmembers: others)
    let report = try audit.run(PrivacyOrder(recipe: ShadowRecipe(shadows: 0), attribute: 3))
    let attribute = try #require(report.attribute)
    #expect(attribute.values == 5 && attribute.members == 200)
    #expect(abs(attribute.withoutModel.share - 0.2) < 0.1)
    #expect(abs(attribute.gain - (attribute.withModel.share - attribute.withoutModel.share)) < 1e-9)
    #expect(attribute.gainInterval.contains(attribute.gain))
    #expect(throws: PrivacyError.self) {
      try audit.run(PrivacyOrder(recipe: .init(shadows: 0), attribute: 30))
    }
  }

  @Test("labels and records that are not the model's are refused")
  func schema() throws {
    let target = try P.learned(try P.noise(60, seed: 1, name: "members"), epochs: 0)
    func error(_ members: AuditRecords, _ others: AuditRecords) -> String {
      do throws(PrivacyError) {
        _ = try PrivacyAudit(target, members: members, nonmembers: others).run(
          PrivacyOrder(recipe: ShadowRecipe(shadows: 0)))
        return ""
      } catch { return error.description }
    }
    func narrow(_ seed: UInt64) throws -> AuditRecords {
      let records = try P.noise(100, seed: seed, name: "n")
      let values = try records.inputs.array(of: Float.self)
      return try AuditRecords(
        inputs: try Tensor(float32: Array(values.prefix(2_900)), shape: [100, 29]), labels: records.labels,
        name: "n")
    }
    #expect(try error(narrow(3), narrow(4)).contains("30"))
    func relabelled(_ seed: UInt64) throws -> AuditRecords {
      let records = try P.noise(100, seed: seed, name: "n")
      return try AuditRecords(inputs: records.inputs, labels: records.labels.map { $0 + 4 }, name: "n")
    }
    #expect(try error(relabelled(3), relabelled(4)).contains("expected labels from 0 to 1"))
    #expect(throws: PrivacyError.self) {
      try TargetModel(Bytes(utf8: "no model"), library: try P.library.get())
    }
  }

  @Test("trees whose scores add up are boosted, one for each class and round")
  func boosted() throws {
    let forest = try ONNXModel(try P.bytes("Examples/breast-cancer/forest.onnx"))
    let shape = try #require(ForestShape(of: forest))
    #expect(shape.rounds == nil)
    var proto = forest.proto
    let place = try #require(proto.graph.node.firstIndex { $0.opType == "TreeEnsembleClassifier" })
    let attribute = try #require(
      proto.graph.node[place].attribute.firstIndex { $0.name == "post_transform" })
    proto.graph.node[place].attribute[attribute].s = Data("SOFTMAX".utf8)
    let boosted = try ONNXModel(proto)
    let classes = try #require(proto.graph.node[place].attribute.first { $0.name == "class_ids" }).ints
    #expect(ForestShape(of: boosted)?.rounds == shape.trees / Set(classes).count)
    let target = try TargetModel(
      Bytes([UInt8](try boosted.proto.serializedBytes() as Data)), library: try P.library.get())
    #expect(target.architectureWords.contains("\(shape.trees) boosted trees"))
  }

  @Test("trees that go in circles are no forest")
  func circles() throws {
    let forest = try ONNXModel(try P.bytes("Examples/breast-cancer/forest.onnx"))
    #expect(try #require(ForestShape(of: forest)).trees > 1)
    var proto = forest.proto
    let place = try #require(proto.graph.node.firstIndex { $0.opType == "TreeEnsembleClassifier" })
    for index in proto.graph.node[place].attribute.indices
    where ["nodes_truenodeids", "nodes_falsenodeids"].contains(proto.graph.node[place].attribute[index].name)
    {
      let count = proto.graph.node[place].attribute[index].ints.count
      proto.graph.node[place].attribute[index].ints = [Int64](repeating: 0, count: count)
    }
    #expect(ForestShape(of: try ONNXModel(proto)) == nil)
  }
}
