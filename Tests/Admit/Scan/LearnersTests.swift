// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats
import MartletScan
import Testing

/// Files of arrays and learners that were made to harm their readers, each by name.
@Suite struct LearnersTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let verdict: Verdict
    let rule: String
    let bytes: Bytes
    var testDescription: String { name }

    init(_ name: String, _ verdict: Verdict, _ rule: String, _ bytes: Bytes) {
      self.name = name
      self.verdict = verdict
      self.rule = rule
      self.bytes = bytes
    }
  }

  private typealias H = HostileBytes

  static let hostile = gguf + safetensors + packed + trees + r + torch7 + vectors

  private static let gguf: [Case] = [
    Case(
      "CVE-2024-21802: five dimensions", .unsafe, "MRT-GGU-002",
      H.gguf(tensors: [H.tensor(dimensions: 5)], data: 32)),
    Case(
      "CVE-2024-21825: elements of an array beyond the file", .unsafe, "MRT-GGU-002",
      H.gguf(pairs: [H.text("a") + H.number(UInt32(9)) + H.number(UInt32(4)) + H.number(UInt64.max / 4)])),
    Case("CVE-2024-21836: tensors beyond the file", .unsafe, "MRT-GGU-002", H.gguf(tensorCount: 1 << 61)),
    Case(
      "CVE-2024-23496: a text beyond the file", .unsafe, "MRT-GGU-002",
      H.gguf(pairs: [H.number(UInt64.max) + H.number(UInt64.max)], pairCount: 1)),
    Case("CVE-2024-23605: pairs beyond the file", .unsafe, "MRT-GGU-002", H.gguf(pairCount: 1 << 60)),
    Case(
      "CVE-2025-53630: sizes that overflow their sum", .unsafe, "MRT-GGU-002",
      H.gguf(tensors: [H.tensor("a", [1 << 61]), H.tensor("b", [1 << 61], at: 1 << 63)], data: 64)),
    Case(
      "CVE-2026-27940: an offset near 2^64", .unsafe, "MRT-GGU-002",
      H.gguf(tensors: [H.tensor(at: UInt64.max - 31)], data: 64)),
    Case(
      "CVE-2026-33298: a shape that overflows", .unsafe, "MRT-GGU-002",
      H.gguf(tensors: [H.tensor("t", [1 << 32, 1 << 32])], data: 64)),
    Case("a negative size", .unsafe, "MRT-GGU-002", H.gguf(tensors: [H.tensor("t", [UInt64.max])], data: 64)),
    Case(
      "an element type that is none", .unsafe, "MRT-GGU-002",
      H.gguf(tensors: [H.tensor(type: 4000)], data: 64)),
    Case(
      "a value type that is none", .unsafe, "MRT-GGU-002", H.gguf(pairs: [H.text("a") + H.number(UInt32(99))])
    ),
    Case("alignment 0", .unsafe, "MRT-GGU-002", H.gguf(pairs: [H.pair("general.alignment", 0)])),
    Case("alignment 33", .unsafe, "MRT-GGU-002", H.gguf(pairs: [H.pair("general.alignment", 33)])),
    Case("alignment as text", .incomplete, "MRT-GGU-001", H.gguf(pairs: [H.pair("general.alignment", "32")])),
    Case(
      "arrays in arrays in arrays", .unsafe, "MRT-GGU-002",
      H.gguf(pairs: [
        H.text("a") + H.number(UInt32(9)) + (0..<9).flatMap { _ in H.number(UInt32(9)) + H.number(UInt64(1)) }
          + [UInt8](repeating: 0, count: 64)
      ])),
    Case(
      "scores for other tokens", .unsafe, "MRT-GGU-002",
      H.gguf(pairs: [
        H.text("tokenizer.ggml.tokens") + H.number(UInt32(9)) + H.number(UInt32(8)) + H.number(UInt64(1))
          + H.text("a"),
        H.text("tokenizer.ggml.scores") + H.number(UInt32(9)) + H.number(UInt32(6)) + H.number(UInt64(0)),
      ])),
    Case("a key twice", .incomplete, "MRT-GGU-001", H.gguf(pairs: [H.pair("a", "x"), H.pair("a", "y")])),
    Case(
      "a tensor twice", .incomplete, "MRT-GGU-001", H.gguf(tensors: [H.tensor(), H.tensor(at: 32)], data: 64)),
    Case(
      "tensors that overlap", .incomplete, "MRT-GGU-001",
      H.gguf(tensors: [H.tensor("a"), H.tensor("b")], data: 32)),
    Case(
      "a tensor beyond the file", .incomplete, "MRT-GGU-001",
      H.gguf(tensors: [H.tensor("t", [800])], data: 64)),
    Case("bytes behind the tensors", .incomplete, "MRT-GGU-001", H.gguf(tensors: [H.tensor()], data: 500)),
    Case(
      "a hole between tensors", .incomplete, "MRT-GGU-001",
      H.gguf(tensors: [H.tensor("a"), H.tensor("b", at: 96)], data: 128)),
    Case("version 4", .incomplete, "MRT-GGU-001", H.gguf(version: 4)),
    Case("a count as text", .incomplete, "MRT-GGU-001", H.gguf(pairs: [H.pair("llama.block_count", "2")])),
    Case("a NUL in a text", .incomplete, "MRT-GGU-001", H.gguf(pairs: [H.pair("general.name", "a\0b")])),
    Case(
      "a tensor named like a path", .unknown, "MRT-GGU-004",
      H.gguf(tensors: [H.tensor("../../etc/passwd")], data: 32)),
    Case(
      "a tensor's name without room", .incomplete, "MRT-GGU-001",
      H.gguf(tensors: [H.tensor(String(repeating: "A", count: 64))], data: 32)),
    Case(
      "CVE-2024-34359: a template that reaches Python", .unsafe, "MRT-GGU-003",
      H.gguf(pairs: [
        H.pair(
          "tokenizer.chat_template",
          "{% for c in ().__class__.__base__.__subclasses__() %}{{ c }}{% endfor %}")
      ])),
    Case(
      "CVE-2026-5760: the same through attr", .unsafe, "MRT-GGU-003",
      H.gguf(pairs: [H.pair("tokenizer.chat_template.rerank", "{{ x|attr('\\x5f\\x5finit') }}")])),
    Case(
      "a template in a broken file", .unsafe, "MRT-GGU-003",
      H.gguf(pairs: [H.pair("tokenizer.chat_template", "{{ lipsum.__globals__ }}")], tensorCount: 1)),
    Case(
      "GGJT with five dimensions", .unsafe, "MRT-GGU-002",
      Bytes(
        Array("tjgg".utf8) + H.words(3, 0, 0, 0, 0, 0, 0, 0, 5, 1, 0) + [UInt8](repeating: 0, count: 64))),
  ]

  private static func tensors(_ more: String) -> String {
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}\#(more)}"#
  }

  private static let safetensors: [Case] = [
    Case(
      "a header with a tab behind it", .incomplete, "MRT-SAF-001", H.safetensors(tensors("") + "\t", data: 4)),
    Case(
      "offsets that overlap", .incomplete, "MRT-SAF-001",
      H.safetensors(
        tensors(#","b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#), data: 4)),
    Case(
      "a hole", .incomplete, "MRT-SAF-001",
      H.safetensors(
        tensors(#","b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}"#), data: 12)),
    Case("bytes at the end", .incomplete, "MRT-SAF-001", H.safetensors(tensors(""), data: 9)),
    Case(
      "a name twice", .incomplete, "MRT-SAF-001",
      H.safetensors(
        tensors(#","a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}"#), data: 8)),
    Case(
      "metadata that is no text", .incomplete, "MRT-SAF-001",
      H.safetensors(tensors(#","__metadata__":{"a":1}"#), data: 4)),
    Case(
      "a pickle in base64", .unsafe, "MRT-SAF-002",
      H.safetensors(
        tensors(#","__metadata__":{"x":"gASVHAAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg=="}"#), data: 4
      )),
    Case(
      "code in the metadata", .unsafe, "MRT-SAF-002",
      H.safetensors(
        tensors(#","__metadata__":{"x":"import os; os.system('id')"}"#), data: 4)),
    Case(
      "a template in the metadata", .unsafe, "MRT-GGU-003",
      H.safetensors(
        tensors(#","__metadata__":{"chat_template":"{{ ''.__class__.mro() }}"}"#), data: 4)),
    Case(
      "a path as a name", .unknown, "MRT-SAF-003",
      H.safetensors(
        #"{"../../x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, data: 4)),
  ]

  private static let packed: [Case] = [
    Case(
      "msgpack-numpy with objects", .unsafe, "MRT-MSG-003",
      Bytes(
        [0x83, 0xC4, 2] + Array("nd".utf8) + [0xC3, 0xC4, 4] + Array("kind".utf8) + [0xC4, 1]
          + Array("O".utf8)
          + [0xC4, 4] + Array("data".utf8) + [0xC4, 1, 0x2E])),
    Case("an extension nobody knows", .unknown, "MRT-MSG-004", Bytes([0x81, 0xA1, 0x61, 0xD4, 42, 0])),
    Case("a text of 4 GiB", .unsafe, "MRT-MSG-002", Bytes([0x81, 0xA1, 0x61, 0xDB, 0xFF, 0xFF, 0xFF, 0xFF])),
    Case(
      "maps in maps", .incomplete, "MRT-MSG-001",
      Bytes(
        [0x81, 0xA1, 0x61] + [UInt8](repeating: 0x91, count: 100_000) + [0])),
    Case(
      "an array of other size", .incomplete, "MRT-MSG-001",
      Bytes(
        [0x81, 0xA1, 0x61, 0xC7, 13, 1, 0x93, 0x91, 9, 0xA7] + Array("float32".utf8) + [0xC4, 0])),
    Case(
      "a short pickle in a map", .unsafe, "MRT-PKL-001",
      Bytes([0x81, 0xA1, 0x61, 0xC4, 21] + Array("cposix\nsystem\n(Vx\ntR.".utf8))),
    Case(
      "references to an array of pickles", .unsafe, "MRT-ORB-001",
      Bytes(
        utf8:
          #"{"version":1,"refs":{"a/.zarray":"{\"zarr_format\":2,\"filters\":[{\"id\":\"pickle\"}]}"}}"#
      )),
    Case(
      "references to a file of the system", .unknown, "MRT-ORB-002",
      Bytes(utf8: #"{"version":1,"refs":{"a/0":["/etc/passwd",0,100]}}"#)),
    Case(
      "a template in references", .unsafe, "MRT-TPL-001",
      Bytes(utf8: #"{"version":1,"refs":{"a/0":["{{ ''.__class__.__mro__ }}",0,100]}}"#)),
    Case(
      "a zarr array of pickles", .unsafe, "MRT-ORB-001",
      Bytes(
        utf8: #"{"zarr_format":2,"dtype":"|O","compressor":null,"filters":[{"id":"pickle","protocol":5}]}"#)),
    Case(
      "a codec nobody knows", .unknown, "MRT-ORB-002",
      Bytes(
        utf8: #"{"zarr_format":3,"codecs":[{"name":"example.codec"}]}"#)),
  ]

  private static let trees: [Case] = [
    Case(
      "XGBoost: a child beyond the tree", .unsafe, "MRT-XGB-002",
      H.booster(left: "[1,-1,-1]", right: "[900000,-1,-1]")),
    Case("XGBoost: a loop", .unsafe, "MRT-XGB-002", H.booster(left: "[-1,2,1]", right: "[-1,-1,-1]")),
    Case("XGBoost: two parents", .unsafe, "MRT-XGB-002", H.booster(left: "[1,-1,-1]", right: "[1,-1,-1]")),
    Case(
      "XGBoost: another count of nodes", .unsafe, "MRT-XGB-002",
      H.booster(left: "[1,-1,-1]", right: "[2,-1,-1]", nodes: 9)),
    Case(
      "XGBoost: a parent beyond the tree", .unsafe, "MRT-XGB-002",
      H.booster(parents: "[2147483647,0,999999]")),
    Case(
      "XGBoost: a negative parent", .unsafe, "MRT-XGB-002", H.booster(parents: "[2147483647,-50000,0]")),
    Case(
      "XGBoost: a feature beyond the model's", .unsafe, "MRT-XGB-002", H.booster(split: "[2,0,0]")),
    Case("XGBoost: two trees of one number", .unsafe, "MRT-XGB-002", H.booster(id: 7)),
    Case(
      "XGBoost: an output beyond the model's", .unsafe, "MRT-XGB-002",
      H.booster(model: #""tree_info":[9999]"#)),
    Case(
      "XGBoost: a negative output", .unsafe, "MRT-XGB-002", H.booster(model: #""tree_info":[-1]"#)),
    Case(
      "XGBoost: another count of trees", .unsafe, "MRT-XGB-002",
      H.booster(model: #""tree_info":[0],"gbtree_model_param":{"num_trees":"4000000000"}"#)),
    Case(
      "XGBoost: iterations beyond the trees", .unsafe, "MRT-XGB-002",
      H.booster(model: #""tree_info":[0],"iteration_indptr":[0,999999999]"#)),
    Case(
      "XGBoost: dropouts for no tree", .unsafe, "MRT-XGB-002",
      H.booster(model: #""tree_info":[0],"weight_drop":[]"#)),
    Case(
      "XGBoost: two billion classes", .unsafe, "MRT-XGB-002",
      H.booster(learner: #""num_class":"2000000000","num_feature":"2""#)),
    Case(
      "XGBoost: fewer features than there can be, and weights", .unsafe, "MRT-XGB-002",
      H.booster(
        model: #""tree_info":[0],"weights":[1]"#,
        learner: #""num_class":"3","num_feature":"-9223372036854775807""#)),
    Case(
      "XGBoost: categories outside of their list", .unsafe, "MRT-XGB-002",
      H.booster(
        more:
          #","categories":[1],"categories_nodes":[0],"categories_segments":[0],"categories_sizes":[1099511627776]"#
      )),
    Case(
      "XGBoost: categories before their list", .unsafe, "MRT-XGB-002",
      H.booster(
        more: #","categories":[1],"categories_nodes":[0],"categories_segments":[-50],"categories_sizes":[1]"#
      )),
    Case(
      "XGBoost: categories of a node that is not there", .unsafe, "MRT-XGB-002",
      H.booster(
        more: #","categories":[1],"categories_nodes":[10],"categories_segments":[0],"categories_sizes":[1]"#)),
    Case(
      "XGBoost: a category of 2^31", .unsafe, "MRT-XGB-002",
      H.booster(
        more:
          #","categories":[2147483647],"categories_nodes":[0],"categories_segments":[0],"categories_sizes":[1]"#
      )),
    Case(
      "XGBoost: weights for other features", .unsafe, "MRT-XGB-002",
      Bytes(
        utf8: """
          {"learner":{"gradient_booster":{"model":{"weights":[1]},"name":"gblinear"},\
          "learner_model_param":{"num_class":"0","num_feature":"5"}}}
          """)),
    Case(
      "XGBoost: no children", .incomplete, "MRT-XGB-001",
      Bytes(
        utf8: #"{"learner":{"gradient_booster":{"model":{"trees":[{}]}}},"version":[1]}"#)),
    Case(
      "XGBoost: an array of 2^60", .unsafe, "MRT-XGB-002",
      Bytes(
        Array("{U".utf8) + [7] + Array("lexicon[$d#L".utf8) + H.number(Int64(1) << 60, big: true))),
    Case(
      "XGBoost: nothing without end", .unsafe, "MRT-XGB-002",
      Bytes(
        Array("{U".utf8) + [7] + Array("lexicon[$Z#L".utf8) + H.number(Int64(1) << 60, big: true))),
    Case(
      "UBJSON of something else", .unknown, "MRT-XGB-004", Bytes(Array("{U".utf8) + [1] + Array("aT}".utf8))),
    Case("LightGBM: a child beyond the tree", .unsafe, "MRT-LGB-002", H.lightGBM(left: "99999")),
    Case("LightGBM: a loop", .unsafe, "MRT-LGB-002", H.lightGBM(left: "0")),
    Case("LightGBM: a feature beyond", .unsafe, "MRT-LGB-002", H.lightGBM(feature: "77")),
    Case(
      "LightGBM: a tree beyond the file", .unsafe, "MRT-LGB-002",
      H.lightGBM(head: "\ntree_sizes=99999999 99999999")),
    Case(
      "LightGBM: sizes that wrap around", .unsafe, "MRT-LGB-002",
      H.lightGBM(head: "\ntree_sizes=18446744073709500000")),
    Case(
      "LightGBM: no trees in an iteration", .unsafe, "MRT-LGB-002",
      H.lightGBM(head: "\nnum_tree_per_iteration=0")),
    Case(
      "LightGBM: a list of categories that is not there", .unsafe, "MRT-LGB-002",
      H.lightGBM(more: "\nthreshold=99999\ndecision_type=1")),
    Case(
      "LightGBM: a negative list of categories", .unsafe, "MRT-LGB-002",
      H.lightGBM(more: "\nthreshold=-1\ndecision_type=1")),
    Case(
      "LightGBM: a leaf that uses a feature beyond", .unsafe, "MRT-LGB-002",
      H.lightGBM(more: "\nnum_features=1 0\nleaf_features=99\nleaf_coeff=1")),
    Case(
      "LightGBM: a linear leaf where no feature is", .unsafe, "MRT-LGB-002",
      H.lightGBM(head: "\nmax_feature_idx=x", more: "\nnum_features=1 0\nleaf_features=0\nleaf_coeff=1")),
    Case(
      "LightGBM: as many lists of categories as there are numbers", .unsafe, "MRT-LGB-002",
      H.lightGBM(more: "\nnum_cat=\(Int.max)")),
    Case(
      "LightGBM: a header longer than is looked at first", .unsafe, "MRT-LGB-002",
      H.lightGBM(left: "99999", head: String(repeating: "\nx=1", count: 3000))),
    Case(
      "CatBoost as JSON: a feature that is not there", .unsafe, "MRT-CAT-002",
      Bytes(
        utf8: """
          {"features_info":{"float_features":[{"feature_index":0}]},"oblivious_trees":[{"leaf_values":[1,2],\
          "splits":[{"float_feature_index":1000000000}]}],"scale_and_bias":[1,[0]]}
          """)),
    Case("LightGBM: cut", .incomplete, "MRT-LGB-001", H.lightGBM(end: false)),
    Case(
      "CatBoost: larger than the file", .incomplete, "MRT-CAT-001",
      Bytes(Array("CBM1".utf8) + H.words(9999, 1, 2))),
    Case(
      "CatBoost: a table outside", .unsafe, "MRT-CAT-002",
      Bytes(Array("CBM1".utf8) + H.words(12, 0x7000_0000, 2, 0))),
    Case(
      "CatBoost: another format", .unknown, "MRT-CAT-004",
      Bytes(
        Array("CBM1".utf8)
          // A table whose first field is a text, "abc".
          + H.words(32, 12, 0x000C_0008, 0x0008_0004, 8, 8, 4, 3, 0x0063_6261))),
  ]

  private static let r: [Case] = [
    Case(
      "CVE-2024-27322: a promise", .unsafe, "MRT-RDS-003",
      H.r(
        H.ints(0x405, 253, 251, 6) + H.symbol("system") + H.ints(2, 16, 1, 0x40009, 2) + Array("id".utf8)
          + H.ints(254))),
    Case("a call of system", .unsafe, "MRT-RDS-003", H.r(H.ints(6) + H.symbol("system") + H.ints(254))),
    Case(
      "an active binding", .unsafe, "MRT-RDS-003", H.r(H.ints(0x800_0402) + H.symbol("x") + H.ints(254, 254))),
    Case("a closure", .unknown, "MRT-RDS-004", H.r(H.ints(0x403, 253, 254) + H.symbol("x"))),
    Case("an environment", .unknown, "MRT-RDS-004", H.r(H.ints(4, 0, 242, 254, 254, 254))),
    Case("a namespace", .unknown, "MRT-RDS-004", H.r(H.ints(249, 0, 1, 0x40009, 1) + [0x78])),
    Case("an external pointer", .unknown, "MRT-RDS-004", H.r(H.ints(22, 254, 254))),
    Case(
      "a compact vector of another class", .unknown, "MRT-RDS-004",
      H.r(
        H.ints(238, 2) + H.symbol("mmap_real") + H.ints(2) + H.symbol("base") + H.ints(2, 13, 1, 14)
          + H.ints(254, 254, 254))),
    Case(
      "a compact vector of another package", .unknown, "MRT-RDS-004",
      H.r(
        H.ints(238, 2) + H.symbol("compact_intseq") + H.ints(2) + H.symbol("evil") + H.ints(2, 13, 1, 13)
          + H.ints(254, 254, 254))),
    Case(
      "a compact sequence without numbers", .unsafe, "MRT-RDS-002",
      H.r(
        H.ints(238, 2) + H.symbol("compact_intseq") + H.ints(2) + H.symbol("base") + H.ints(2, 13, 1, 13)
          + H.ints(254, 254, 254))),
    Case(
      "a deferred text of something else", .unsafe, "MRT-RDS-002",
      H.r(
        H.ints(238, 2) + H.symbol("deferred_string") + H.ints(2) + H.symbol("base") + H.ints(2, 13, 1, 16)
          + H.ints(254) + H.ints(2, 19, 0, 13, 1, 0, 254))),
    Case(
      "a promise in a text that begins with a line end", .unsafe, "MRT-RDS-003",
      Bytes(utf8: "\nA\n2\n262917\n131840\n5\n252\n6\n1\n262153\n1\nq\n254\n")),
    Case(
      "a promise in a text of one line", .unsafe, "MRT-RDS-003",
      Bytes(utf8: "A 2 262917 131840 5 252 6 1 262153 1 q 254")),
    Case("a reference to nothing", .unsafe, "MRT-RDS-002", H.r(H.ints(0x5FF))),
    Case("a length of 2^31", .unsafe, "MRT-RDS-002", H.r(H.ints(13, Int32.min))),
    Case("cut", .incomplete, "MRT-RDS-001", H.r(H.ints(13, 3, 1, 2))),
    Case("bytes at the end", .incomplete, "MRT-RDS-001", H.r(H.ints(13, 1, 1, 2))),
    Case("lists in lists", .incomplete, "MRT-RDS-001", H.r((0..<2000).flatMap { _ in H.ints(19, 1) })),
  ]

  private static let torch7: [Case] = [
    Case(
      "Lua bytecode", .unsafe, "MRT-LUA-003",
      Bytes(
        H.words(8, 1) + H.lua("\u{1B}LJ\u{1}xxxx") + H.words(0))),
    Case(
      "Lua bytecode in a table", .unsafe, "MRT-LUA-003",
      Bytes(
        H.words(3, 1, 1, 2) + H.lua("f") + H.words(8, 2) + H.lua("\u{1B}LJ") + H.words(0))),
    Case(
      "a class nobody knows", .unknown, "MRT-LUA-004",
      Bytes(
        H.words(4, 1) + H.lua("V 1") + H.lua("os.Thing") + H.words(0))),
    Case(
      "Lua source in a text of one line", .unsafe, "MRT-LUA-003", Bytes(utf8: " 8 1 6\nquit() 0\n")),
    Case("a negative text", .unsafe, "MRT-LUA-002", Bytes(H.words(3, 1, 1, 2, -5, 0, 0))),
    Case(
      "a tensor beyond its storage", .unsafe, "MRT-LUA-002",
      Bytes(
        H.words(4, 1) + H.lua("V 1") + H.lua("torch.FloatTensor") + H.words(1) + H.number(Int64(900))
          + H.number(Int64(1)) + H.number(Int64(1)) + H.words(4, 2) + H.lua("V 1")
          + H.lua("torch.FloatStorage")
          + H.number(Int64(1)) + H.words(0))),
    Case("cut", .incomplete, "MRT-LUA-001", Bytes(H.words(3, 1, 1, 2, 5) + Array("ab".utf8) + H.words(0))),
  ]

  private static let vectors: [Case] = [
    Case(
      "word2vec as text: more vectors than there is", .unsafe, "MRT-VEC-002",
      Bytes(utf8: "9000000000 4\nthe 0.1 0.2 0.3 0.4\n")),
    Case(
      "fastText: more words than there is", .unsafe, "MRT-VEC-002",
      Bytes(
        [0xBA, 0x16, 0x4F, 0x2F] + H.words(12) + [UInt8](repeating: 0, count: 56)
          + H.words(5, 9, 9, 0, 0, -1, -1))),
    Case("fastText: cut", .incomplete, "MRT-VEC-001", Bytes([0xBA, 0x16, 0x4F, 0x2F] + H.words(12, 1))),
    Case(
      "fastText: of the future", .unknown, "MRT-VEC-004", Bytes([0xBA, 0x16, 0x4F, 0x2F] + H.words(99, 1))),
    Case(
      "SentencePiece: letters beyond the file", .unsafe, "MRT-VEC-002",
      Bytes(
        [0x0A, 8, 0x0A, 1, 0x61, 0x15, 0, 0, 0, 0, 0x12, 0, 0x1A, 6, 0x12, 4, 0xF0, 0xFF, 0xFF, 0x7F])),
  ]

  @Test(arguments: hostile) func aHostileFileIsFlagged(_ file: Case) {
    let report = file.bytes.scanned
    #expect(report.verdict == file.verdict, "\(report.artifacts[0].findings)")
    #expect(file.bytes.rules.contains(file.rule), "\(report.artifacts[0].findings)")
  }

  @Test func ordinaryFormsAreSafe() {
    for bytes in [
      H.gguf(
        pairs: [H.pair("general.alignment", 32)], tensors: [H.tensor(), H.tensor("b", at: 32)], data: 64),
      H.safetensors(Self.tensors(""), data: 4), H.booster(),
      H.lightGBM(), H.lightGBM(head: "\nnum_tree_per_iteration=1\ntree_sizes=104"),
      H.r(
        H.ints(238, 2) + H.symbol("compact_intseq") + H.ints(2) + H.symbol("base") + H.ints(2, 13, 1, 13)
          + H.ints(254, 14, 3) + [4.0, 1.0, 1.0].flatMap { H.number($0.bitPattern, big: true) }
          + H.ints(254)),
      Bytes([0x80]), Bytes(utf8: "2 4\nthe 0.1 0.2 0.3 0.4\nof 1 2 3 4\n"),
      H.r(H.ints(13, 2, 1, 2)), Bytes(H.words(3, 1, 1, 2) + H.lua("a") + H.words(5, 1)),
    ] { #expect(bytes.verdict == .safe, "\(bytes.scanned.artifacts[0].findings)") }
  }

  @Test func damageNeverCrashes() {
    var state: UInt64 = 88
    for file in Self.hostile where file.bytes.count < 4096 {
      for _ in 0..<40 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let index = Int(state >> 33) % file.bytes.count
        #expect(
          file.bytes.flipping(index, UInt8(truncatingIfNeeded: state >> 24) | 1).scanned.artifacts.count == 1)
      }
    }
  }
}
