// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Puts numbers and texts behind each other, as the formats of arrays and learners do.
enum HostileBytes {
  static func number<Value: FixedWidthInteger>(_ value: Value, big: Bool = false) -> [UInt8] {
    let bits = UInt64(truncatingIfNeeded: value)
    let little = (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    return big ? little.reversed() : little
  }

  /// A text behind its length in 64 bits.
  static func text(_ text: String) -> [UInt8] { number(UInt64(text.utf8.count)) + Array(text.utf8) }

  // MARK: GGUF

  /// A pair with a text as value.
  static func pair(_ key: String, _ value: String) -> [UInt8] { text(key) + number(UInt32(8)) + text(value) }
  static func pair(_ key: String, _ value: UInt32) -> [UInt8] {
    text(key) + number(UInt32(4)) + number(value)
  }

  static func tensor(
    _ name: String = "t", dimensions: UInt32? = nil, _ sizes: [UInt64] = [8], type: UInt32 = 0, at: UInt64 = 0
  ) -> [UInt8] {
    text(name) + number(dimensions ?? UInt32(sizes.count)) + sizes.flatMap { number($0) } + number(type)
      + number(at)
  }

  static func gguf(
    pairs: [[UInt8]] = [], tensors: [[UInt8]] = [], pairCount: UInt64? = nil, tensorCount: UInt64? = nil,
    version: UInt32 = 3, data: Int = 0
  ) -> Bytes {
    var all = Array("GGUF".utf8) + number(version) + number(tensorCount ?? UInt64(tensors.count))
    all += number(pairCount ?? UInt64(pairs.count)) + pairs.flatMap { $0 } + tensors.flatMap { $0 }
    if !tensors.isEmpty { while all.count % 32 != 0 { all.append(0) } }
    return Bytes(all + [UInt8](repeating: 0, count: data))
  }

  // MARK: safetensors

  static func safetensors(_ header: String, data: Int = 0) -> Bytes {
    Bytes(text(header) + [UInt8](repeating: 0, count: data))
  }

  // MARK: R

  static func r(_ items: [UInt8]) -> Bytes { Bytes(Array("X\n".utf8) + ints(2, 0x40301, 0x20300) + items) }
  static func ints(_ values: Int32...) -> [UInt8] { values.flatMap { number($0, big: true) } }
  static func symbol(_ name: String) -> [UInt8] {
    ints(1, 0x40009, Int32(name.utf8.count)) + Array(name.utf8)
  }

  // MARK: Torch 7

  static func lua(_ text: String) -> [UInt8] { number(Int32(text.utf8.count)) + Array(text.utf8) }
  static func words(_ values: Int32...) -> [UInt8] { values.flatMap { number($0) } }

  // MARK: XGBoost

  /// A tree of three nodes: members of the tree, of what is around the trees, and of what the model says of itself.
  static func booster(
    left: String = "[1,-1,-1]", right: String = "[2,-1,-1]", nodes: Int = 3, more: String = "",
    parents: String = "[2147483647,0,0]", split: String = "[0,0,0]", id: Int = 0,
    model: String = #""tree_info":[0],"gbtree_model_param":{"num_trees":"1"}"#,
    learner: String = #""num_class":"0","num_feature":"2","num_target":"1""#
  ) -> Bytes {
    Bytes(
      utf8: """
        {"learner":{"gradient_booster":{"model":{"trees":[{"tree_param":{"num_nodes":"\(nodes)"},"id":\(id),\
        "left_children":\(left),"right_children":\(right),"parents":\(parents),"split_indices":\(split)\(more)}],\
        \(model)},"name":"gbtree"},"learner_model_param":{\(learner)}},"version":[3,2,0]}
        """)
  }

  // MARK: LightGBM

  static func lightGBM(
    left: String = "-1", right: String = "-2", feature: String = "0", end: Bool = true, head: String = "",
    more: String = ""
  ) -> Bytes {
    Bytes(
      utf8: """
        tree
        version=v4
        max_feature_idx=2\(head)

        Tree=0
        num_leaves=2
        num_cat=0
        split_feature=\(feature)
        left_child=\(left)
        right_child=\(right)
        leaf_value=1 2\(more)

        \(end ? "end of trees\n" : "")
        """)
  }
}
