// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

/// What a user accepts by the name of a library.
@Suite struct AllowPackTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let pack: String
    let construct: String
    let bytes: Bytes
    var testDescription: String { construct }
  }

  private static func made(
    _ pack: String, _ module: String, _ name: String, _ rest: PickleBuilder.Part...
  ) -> Case {
    var builder = PickleBuilder(protocol: 2)
    PickleBuilder.Part.global(module, name).write(&builder.bytes)
    for part in rest { part.write(&builder.bytes) }
    return Case(pack: pack, construct: "\(module).\(name)", bytes: Bytes(builder.bytes))
  }

  private static let empty = PickleBuilder.Part.raw([0x29, 0x81])

  static let cases: [Case] = [
    made(
      "lightning", "pytorch_lightning.utilities.parsing", "AttributeDict", empty, "S'lr'\nK\u{1}s."),
    made("lightning", "lightning.fabric.utilities.data", "AttributeDict", empty, "}b."),
    made("lightning", "omegaconf.dictconfig", "DictConfig", empty, "}S'_content'\n}sb."),
    made("lightning", "pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint", "."),
    made("ultralytics", "ultralytics.nn.tasks", "DetectionModel", empty, "}S'training'\nI01\nsb."),
    made("ultralytics", "ultralytics.nn.modules.conv", "Conv", empty, "}b."),
    made("ultralytics", "ultralytics.nn.modules", "C2f", empty, "}b."),
    made("ultralytics", "ultralytics.utils", "IterableSimpleNamespace", empty, "}b."),
    made(
      "transformers", "transformers.training_args", "TrainingArguments", empty,
      "}S'output_dir'\nS'out'\nsb."),
    made("transformers", "transformers.trainer_utils", "IntervalStrategy", "(S'steps'\ntR."),
    made("transformers", "trl.trainer.sft_config", "SFTConfig", empty, "}b."),
    made("catboost", "catboost.core", "CatBoostClassifier", empty, "}S'iterations'\nK\u{1}sb."),
  ]

  @Test(arguments: cases) func aPackCoversItsClassesWhenItIsOn(_ one: Case) {
    let finding = one.bytes.scanned.artifacts[0].findings.first
    #expect(one.bytes.verdict == .unknown)
    #expect(finding?.allow == one.pack)
    #expect(finding?.message.contains("the pack \(one.pack) covers it") == true)
    let report = Scanner(allowing: Allowance(allowing: [one.pack])).scan(
      bytes: one.bytes, name: "a")
    #expect(report.verdict == .safe, "\(report.artifacts[0].findings)")
    let all = Allowance(allowing: AllowPacks.all.map(\.name).filter { $0 != one.pack })
    #expect(Scanner(allowing: all).scan(bytes: one.bytes, name: "a").verdict == .unknown)
  }

  static let hostile: [Bytes] = [
    PickleBuilder.system(),
    PickleBuilder.make(
      2, .global("ultralytics.utils.downloads", "safe_download"), "(S'http://x/y'\ntR."),
    PickleBuilder.make(2, .global("lightning.pytorch.cli", "instantiate_class"), "(S'x'\n}tR."),
    PickleBuilder.make(
      2, .global("ultralytics.nn.tasks", "DetectionModel"), ")", .newObj, "}S'model'\n",
      .global("os", "system"), "sb."),
    PickleBuilder.make(
      2, .global("transformers.training_args", "TrainingArguments"), ")", .newObj, "}S'x'\n",
      .global("posix", "system"), "(S'id'\ntRsb."),
  ]

  @Test(arguments: hostile.indices) func noPackLetsHarmThrough(_ index: Int) {
    let all = Allowance(allowing: AllowPacks.all.map(\.name))
    #expect(Scanner(allowing: all).scan(bytes: Self.hostile[index], name: "a").verdict == .unsafe)
  }

  @Test func onlyExactPairsAreCovered() {
    let all = Allowance(allowing: AllowPacks.all.map(\.name))
    for (module, name) in [
      ("ultralytics.nn.tasks", "attempt_load_weights"), ("ultralytics.nn.modules.conv.x", "Conv"),
      ("models.common", "Conv"), ("pytorch_lightning.trainer.trainer", "Trainer"),
      ("catboost.core", "Pool"),
    ] {
      let bytes = PickleBuilder.make(2, .global(module, name), ")", .newObj, "}b.")
      #expect(
        Scanner(allowing: all).scan(bytes: bytes, name: "a").verdict != .safe, "\(module).\(name)")
    }
  }
}
