// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How tensors of GGML store their elements: blocks of a fixed size. Source: `ggml.h` and `gguf/constants.py`.
package enum GGMLType {
  /// Elements and bytes of one block, or nil for a number that no version has used.
  package static func block(_ type: UInt32) -> (elements: UInt64, bytes: UInt64)? {
    switch type {
    case 0: (1, 4)  // F32
    case 1: (1, 2)  // F16
    case 2: (32, 18)  // Q4_0
    case 3: (32, 20)  // Q4_1
    case 4: (32, 24)  // Q4_2, removed
    case 5: (32, 24)  // Q4_3, removed
    case 6: (32, 22)  // Q5_0
    case 7: (32, 24)  // Q5_1
    case 8: (32, 34)  // Q8_0
    case 9: (32, 40)  // Q8_1
    case 10: (256, 84)  // Q2_K
    case 11: (256, 110)  // Q3_K
    case 12: (256, 144)  // Q4_K
    case 13: (256, 176)  // Q5_K
    case 14: (256, 210)  // Q6_K
    case 15: (256, 292)  // Q8_K
    case 16: (256, 66)  // IQ2_XXS
    case 17: (256, 74)  // IQ2_XS
    case 18: (256, 98)  // IQ3_XXS
    case 19: (256, 50)  // IQ1_S
    case 20: (32, 18)  // IQ4_NL
    case 21: (256, 110)  // IQ3_S
    case 22: (256, 82)  // IQ2_S
    case 23: (256, 136)  // IQ4_XS
    case 24: (1, 1)  // I8
    case 25: (1, 2)  // I16
    case 26: (1, 4)  // I32
    case 27: (1, 8)  // I64
    case 28: (1, 8)  // F64
    case 29: (256, 56)  // IQ1_M
    case 30: (1, 2)  // BF16
    case 31, 32, 33: (32, 18)  // Q4_0 in other orders
    case 34: (256, 54)  // TQ1_0
    case 35: (256, 66)  // TQ2_0
    case 36, 37, 38: (32, 18)  // IQ4_NL in other orders
    case 39: (32, 17)  // MXFP4
    case 40: (64, 36)  // NVFP4
    default: nil
    }
  }

  /// What GGML calls a type, or nil for a number that no version has used.
  package static func name(_ type: UInt32) -> String? { type < names.count ? names[Int(type)] : nil }

  /// By number. Blocks in another order have the name of their type.
  private static let names = [
    "F32", "F16", "Q4_0", "Q4_1", "Q4_2", "Q4_3", "Q5_0", "Q5_1", "Q8_0", "Q8_1", "Q2_K", "Q3_K", "Q4_K",
    "Q5_K", "Q6_K", "Q8_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS",
    "I8", "I16", "I32", "I64", "F64", "IQ1_M", "BF16", "Q4_0", "Q4_0", "Q4_0", "TQ1_0", "TQ2_0", "IQ4_NL",
    "IQ4_NL", "IQ4_NL", "MXFP4", "NVFP4",
  ]

  /// What `general.file_type` of a GGUF file says: the type of most of its tensors, and the mixture. Source:
  /// `enum llama_ftype` in `llama.h` of ggml-org/llama.cpp.
  package static func fileType(_ type: UInt64) -> String? {
    switch type {
    case 0: "F32"
    case 1: "F16"
    case 2: "Q4_0"
    case 3: "Q4_1"
    case 7: "Q8_0"
    case 8: "Q5_0"
    case 9: "Q5_1"
    case 10: "Q2_K"
    case 11: "Q3_K_S"
    case 12: "Q3_K_M"
    case 13: "Q3_K_L"
    case 14: "Q4_K_S"
    case 15: "Q4_K_M"
    case 16: "Q5_K_S"
    case 17: "Q5_K_M"
    case 18: "Q6_K"
    case 19: "IQ2_XXS"
    case 20: "IQ2_XS"
    case 21: "Q2_K_S"
    case 22: "IQ3_XS"
    case 23: "IQ3_XXS"
    case 24: "IQ1_S"
    case 25: "IQ4_NL"
    case 26: "IQ3_S"
    case 27: "IQ3_M"
    case 28: "IQ2_S"
    case 29: "IQ2_M"
    case 30: "IQ4_XS"
    case 31: "IQ1_M"
    case 32: "BF16"
    case 36: "TQ1_0"
    case 37: "TQ2_0"
    case 38: "MXFP4_MOE"
    default: nil
    }
  }
}
