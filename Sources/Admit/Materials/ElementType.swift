// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats

/// The types of the elements of tensors by one set of names, whatever the format calls them: those of safetensors where it
/// has one, otherwise those of the format.
enum ElementType {
  /// Types whose elements are no numbers.
  static let texts: Set<String> = ["STRING", "OBJECT"]

  /// `TensorProto.DataType` of ONNX.
  static func onnx(_ type: UInt64) -> String {
    let names = [
      "UNDEFINED", "F32", "U8", "I8", "U16", "I16", "I32", "I64", "STRING", "BOOL", "F16", "F64", "U32",
      "U64",
      "C64", "C128", "BF16", "F8_E4M3", "F8_E4M3FNUZ", "F8_E5M2", "F8_E5M2FNUZ", "U4", "I4", "F4", "F8_E8M0",
      "U2", "I2",
    ]
    return type < names.count ? names[Int(type)] : "ONNX type \(type)"
  }

  /// `DataType` of TensorFlow.
  static func tensorFlow(_ type: UInt64) -> String {
    switch type {
    case 1: "F32"
    case 2: "F64"
    case 3: "I32"
    case 4: "U8"
    case 5: "I16"
    case 6: "I8"
    case 7: "STRING"
    case 8: "C64"
    case 9: "I64"
    case 10: "BOOL"
    case 11: "QINT8"
    case 12: "QUINT8"
    case 13: "QINT32"
    case 14: "BF16"
    case 15: "QINT16"
    case 16: "QUINT16"
    case 17: "U16"
    case 18: "C128"
    case 19: "F16"
    case 22: "U32"
    case 23: "U64"
    case 24: "F8_E5M2"
    case 25: "F8_E4M3"
    case 29: "I4"
    case 30: "U4"
    default: "TensorFlow type \(type)"
    }
  }

  static func numpy(_ type: NumpyDescr) -> String {
    let bits = type.itemSize * 8
    switch type.kind {
    case "f": return "F\(bits)"
    case "i": return "I\(bits)"
    case "u": return "U\(bits)"
    case "c": return "C\(bits)"
    case "b": return "BOOL"
    case "S", "U", "a": return "STRING"
    case "O": return "OBJECT"
    default: return "numpy \(type.text)"
    }
  }

  /// A class of storages of torch.
  static func torch(_ storage: String) -> String {
    switch storage {
    case "FloatStorage": "F32"
    case "DoubleStorage": "F64"
    case "HalfStorage": "F16"
    case "BFloat16Storage": "BF16"
    case "LongStorage": "I64"
    case "IntStorage": "I32"
    case "ShortStorage": "I16"
    case "CharStorage": "I8"
    case "ByteStorage": "U8"
    case "BoolStorage": "BOOL"
    case "ComplexFloatStorage": "C64"
    case "ComplexDoubleStorage": "C128"
    case "QInt8Storage": "QINT8"
    case "QUInt8Storage": "QUINT8"
    case "QInt32Storage": "QINT32"
    // Bytes that each tensor reads in its own way.
    case "UntypedStorage": "U8"
    default: "torch \(storage)"
    }
  }

  /// Numbers of HDF5; nil for what is no tensor of numbers. Whether whole numbers have a sign is not told apart.
  static func hdf5(_ type: HDF5Datatype) -> String? {
    switch type {
    case .float(let size): "F\(size * 8)"
    case .integer(let size), .bitfield(let size): "INT\(size * 8)"
    // h5py writes truth values so.
    case .enumeration(let size): size == 1 ? "BOOL" : "INT\(size * 8)"
    default: nil
    }
  }
}
