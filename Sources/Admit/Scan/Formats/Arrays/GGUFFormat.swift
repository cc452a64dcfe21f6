// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Quantised tensors behind typed metadata, for llama.cpp and its kin.
struct GGUFFormat: ScannedFormat {
  let name = "gguf"
  private static let kinds = StructureKinds("gguf")

  func fits(_ bytes: Bytes) -> Bool { GGUF.looksLikeOne(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let file = GGUF(bytes)
    var notes = Notes()
    for error in file.errors { notes.add(error, as: Self.kinds) }
    if bytes[0] != UInt8(ascii: "G") {
      notes.add(Self.kinds.uncovered, "the magic stands backwards; no known reader takes it", at: 0)
    }
    checkKeys(file, &notes)
    for tensor in file.tensors where MemberName.escapes(tensor.name) != nil {
      notes.add(
        Self.kinds.uncovered, "the tensor \(tensor.name) is named like a path that leaves its folder",
        at: tensor.offset)
    }
    for tensor in file.tensors where !Self.hasRoom(for: tensor.name) {
      notes.add(
        Self.kinds.broken,
        "the name of a tensor has \(tensor.name.utf8.count) bytes; llama.cpp has room for 63 and cuts or refuses it",
        at: tensor.offset)
    }
    scan.report(notes, place)
    for pair in file.pairs {
      if case .text(let text) = pair.value {
        scan.scanMetadataText(text, key: pair.key, at: pair.offset, place)
      }
    }
    for (key, text) in file.templateArrays { scan.scanMetadataText(text, key: key, at: nil, place) }
    for (key, range) in file.longTexts {
      var inner = place.inside(key)
      inner.isRawData = true
      scan.scan(bytes.slice(range), as: inner)
    }
    return name
  }

  /// `GGML_MAX_NAME` is 64 in llama.cpp, and 128 in the readers of picture models, whose names of layers are long
  /// dotted paths: `cond_stage_model.transformer.text_model.encoder.layers.0.self_attn.k_proj.weight`.
  private static func hasRoom(for name: String) -> Bool {
    let count = name.utf8.count
    guard count >= 64 else { return true }
    return count < 128 && name.utf8.count(where: { $0 == UInt8(ascii: ".") }) >= 4
  }

  /// Readers take the types of these keys for granted.
  private func checkKeys(_ file: GGUF, _ notes: inout Notes) {
    for pair in file.pairs {
      if let expected = Self.expectation(pair.key), !expected.fits(pair) {
        notes.add(
          Self.kinds.broken, "\(pair.key) should be \(expected.rawValue), and has the type \(pair.type)",
          at: pair.offset)
      }
      if case .text(let text) = pair.value, text.utf8.contains(0) {
        notes.add(Self.kinds.broken, "the text of \(pair.key) has a NUL in it", at: pair.offset)
      }
    }
    for pair in file.pairs {
      guard case .number(let number) = pair.value, number > 1 << 20,
        Self.counts.contains(where: { pair.key.hasSuffix($0) })
      else { continue }
      notes.add(
        Self.kinds.exploit, "\(pair.key) is \(number), and readers make room for as many", at: pair.offset)
    }
    if case .array(_, let tokens)? = file["tokenizer.ggml.tokens"] {
      for key in ["tokenizer.ggml.scores", "tokenizer.ggml.token_type"] {
        if case .array(_, let count)? = file[key], count != tokens {
          notes.add(Self.kinds.exploit, "\(key) has \(count) entries for \(tokens) tokens")
        }
      }
    }
    if case .number(let number)? = file["split.no"], case .number(let count)? = file["split.count"],
      number >= max(count, 1)
    {
      notes.add(Self.kinds.broken, "split.no is \(number) of \(count)")
    }
  }

  /// What there are so many of that each has a place of its own.
  private static let counts = [".block_count", ".head_count", ".head_count_kv", ".expert_count"]

  private enum Expectation: String {
    case text = "a text", number = "a number", texts = "an array of texts", reals = "an array of floats"
    case integers = "an array of integers"

    func fits(_ pair: GGUF.Pair) -> Bool {
      switch (self, pair.value) {
      case (.text, .text), (.number, .number): true
      case (.number, .array(let type, _)): type <= 5 || type == 10 || type == 11 || type == 7
      case (.texts, .array(let type, _)): type == 8
      case (.reals, .array(let type, _)): type == 6 || type == 12
      case (.integers, .array(let type, _)): type <= 5 || type == 10 || type == 11
      default: false
      }
    }
  }

  private static func expectation(_ key: String) -> Expectation? {
    switch key {
    case "general.architecture", "general.name", "general.author", "general.description", "general.license",
      "general.url", "general.type", "general.basename", "general.finetune", "general.size_label",
      "tokenizer.ggml.model", "tokenizer.ggml.pre", "tokenizer.chat_template", "tokenizer.huggingface.json":
      .text
    case "tokenizer.ggml.tokens", "tokenizer.ggml.merges", "tokenizer.chat_templates", "general.tags",
      "general.languages":
      .texts
    case "tokenizer.ggml.scores": .reals
    case "tokenizer.ggml.token_type": .integers
    case "general.file_type", "general.quantization_version", "split.no", "split.count",
      "split.tensors.count":
      .number
    case _ where key.hasPrefix("tokenizer.chat_template."): .text
    case _ where key.hasSuffix("_token_id") && key.hasPrefix("tokenizer.ggml."): .number
    case _
    where key.hasSuffix(".block_count") || key.hasSuffix(".context_length")
      || key.hasSuffix(".embedding_length") || key.hasSuffix(".head_count")
      || key.hasSuffix(".head_count_kv") || key.hasSuffix(".feed_forward_length")
      || key.hasSuffix(".expert_count") || key.hasSuffix(".rope.dimension_count"):
      .number
    default: nil
    }
  }
}
