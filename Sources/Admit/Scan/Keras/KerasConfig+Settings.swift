// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// What the settings of a layer read, and how much they make.
extension KerasConfig {
  // MARK: Files

  private static let lookups: Set<String> = [
    "StringLookup", "IntegerLookup", "IndexLookup", "TextVectorization", "CategoryEncoding",
    "CategoricalEncoding",
  ]

  mutating func paths(_ members: [JSONValue.Member], of owner: String?) {
    for member in members {
      switch member.name {
      case "vocabulary", "vocabulary_file", "idf_weights", "vocab_file":
        guard let path = member.value.string else { continue }
        notes.add(
          .kerasFile, "the layer \(owner ?? "") reads \(member.name) from \(path)",
          construct: "\(owner ?? "layer")(\(member.name)=\(path))")
      case "filepath", "file_path", "model_path", "saved_model_path":
        guard let path = member.value.string, !path.isEmpty else { continue }
        notes.add(
          .kerasFile, "the configuration names the file \(path)", construct: "\(member.name)=\(path)")
      default: break
      }
    }
  }

  // MARK: Sizes

  /// What a layer makes so many numbers of when it is built, and the most that is believed. The widest layers that are
  /// published have some hundred thousand units; tables of embeddings have some hundred million rows.
  private static let mostOf: [String: Int64] = [
    "units": 1 << 26, "filters": 1 << 26, "output_dim": 1 << 26, "projection_dim": 1 << 26,
    "num_heads": 1 << 20, "key_dim": 1 << 26, "value_dim": 1 << 26, "depth_multiplier": 1 << 20,
    "input_dim": 1 << 32,
  ]

  mutating func sizes(_ members: [JSONValue.Member], of owner: String?) {
    for member in members {
      guard let most = Self.mostOf[member.name], let size = member.value.number else { continue }
      if size < -1 || size > Double(most) {
        notes.add(
          .kerasSize,
          "expected at most \(most) for \(member.name), found \(member.value.integer.map { "\($0)" } ?? "\(size)")",
          construct:
            "\(owner ?? "layer")(\(member.name)=\(member.value.integer.map { "\($0)" } ?? "\(size)"))")
      }
    }
  }
}
