// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension AllowList {
  /// numpy's arrays, types and scalars, under the module names of numpy 1 and 2.
  static let numpy: [AllowEntry] = {
    var entries = [
      AllowEntry(
        module: "numpy", name: "ndarray", reason: "named as the class that _reconstruct makes", isClass: true,
        state: .init(.tuple)),
      AllowEntry(
        module: "numpy", name: "dtype", reason: "an element type; its state is a tuple of plain values",
        isClass: true,
        call: AllowShape(
          [.init([.text, .vettedGlobal]), .init([.bool, .integer]), .init([.bool, .integer])], required: 1),
        state: .init(.tuple)),
    ]
    for core in ["numpy.core", "numpy._core"] {
      entries.append(
        AllowEntry(
          module: core + "._internal", name: "_reconstruct",
          reason: "makes an empty array, which BUILD then fills",
          call: AllowShape([
            .init(.vettedGlobal, ["ndarray"]), .init(.zeroShape),
            .init([.bytes, .text, .vettedObject], makers: AllowKinds.bytesMakers),
          ]), makesFirstArgument: true))
      entries += [
        AllowEntry(
          module: core + ".multiarray", name: "_reconstruct",
          reason: "makes an empty array, which BUILD then fills",
          call: AllowShape([
            .init(.vettedGlobal, ["ndarray", "matrix", "recarray", "chararray", "memmap"]), .init(.zeroShape),
            .init([.bytes, .text, .vettedObject], makers: AllowKinds.bytesMakers),
          ]),
          makesFirstArgument: true),
        AllowEntry(
          module: core + ".multiarray", name: "scalar", reason: "one element of a plain type from its bytes",
          call: AllowShape([
            .init(.vettedObject, makers: ["numpy.dtype"]),
            .init([.bytes, .text, .vettedObject], makers: AllowKinds.bytesMakers),
          ])),
        AllowEntry(
          module: core + ".numeric", name: "_frombuffer", reason: "an array over bytes that the pickle holds",
          call: AllowShape([
            .init([.bytes, .vettedObject]), .init(.vettedObject), .init(.tuple), .init(.text, ["C", "F"]),
          ])),
      ]
    }
    // A dtype names its scalar type as a class.
    for name in [
      "bool_", "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16",
      "float32",
      "float64", "longdouble", "complex64", "complex128", "str_", "bytes_", "datetime64", "timedelta64",
      "intp",
    ] {
      entries.append(
        AllowEntry(module: "numpy", name: name, reason: "named as an element type, not called", isClass: true)
      )
    }
    return entries
  }()

  /// What `torch.save` writes for tensors, parameters and state dictionaries.
  static let torch: [AllowEntry] = {
    let object = AllowParameter(.vettedObject)
    var entries = [
      AllowEntry(
        module: "torch._utils", name: "_rebuild_tensor_v2", reason: "a view of a storage with checked bounds",
        call: AllowShape(
          [
            object, .init(.integer), .init([.tuple, .vettedObject]), .init(.tuple), .init(.bool), object,
            .init(.dict),
          ], required: 6), isView: true),
      AllowEntry(
        module: "torch._utils", name: "_rebuild_tensor", reason: "a view of a storage with checked bounds",
        call: AllowShape([object, .init(.integer), .init([.tuple, .vettedObject]), .init(.tuple)]),
        isView: true),
      AllowEntry(
        module: "torch._utils", name: "_rebuild_parameter", reason: "wraps a tensor",
        call: AllowShape([object, .init(.bool), object])),
      AllowEntry(
        module: "torch", name: "Size", reason: "a tuple of numbers", isClass: true,
        call: AllowShape([.init(.tuple)])),
      AllowEntry(
        module: "torch", name: "device", reason: "the name of a device", isClass: true,
        call: AllowShape([.init(.text), .init(.integer)], required: 1)),
      AllowEntry(
        module: "torch.storage", name: "UntypedStorage", reason: "named as the type of a storage",
        isClass: true,
        isStorageType: true),
    ]
    for name in [
      "DoubleStorage", "FloatStorage", "HalfStorage", "BFloat16Storage", "LongStorage", "IntStorage",
      "ShortStorage",
      "CharStorage", "ByteStorage", "BoolStorage", "ComplexFloatStorage", "ComplexDoubleStorage",
    ] {
      entries.append(
        AllowEntry(
          module: "torch", name: name, reason: "named as the type of a storage", isClass: true,
          isStorageType: true))
    }
    for name in [
      "float16", "float32", "float64", "bfloat16", "int8", "int16", "int32", "int64", "uint8", "bool",
      "complex64",
      "complex128", "float8_e4m3fn", "float8_e5m2", "strided", "contiguous_format", "preserve_format",
    ] {
      entries.append(AllowEntry(module: "torch", name: name, reason: "a constant, named and not called"))
    }
    return entries
  }()

  /// What pandas 3 keeps its texts in, proved where it is made. Behind the packs: who turns on `pyarrow` gets its entries.
  static let arrow: [AllowEntry] = [
    AllowEntry(
      module: "pyarrow.lib", name: "type_for_alias", reason: "a type by its name",
      call: AllowShape([.init(.text, ArrowLayout.aliases.keys.sorted())])),
    AllowEntry(
      module: "pyarrow.lib", name: "timestamp",
      reason: "the type of a time: its unit, and the name of a zone",
      call: AllowShape([.init(.text, ["s", "ms", "us", "ns"]), .init([.text, .none])])),
    AllowEntry(
      module: "pyarrow.lib", name: "py_buffer", reason: "a view of bytes that the pickle holds",
      call: AllowShape([.init([.bytes, .vettedObject], makers: ["builtins.bytearray"])])),
    AllowEntry(
      module: "pyarrow.lib", name: "_restore_array", reason: "an array whose values all lie in its buffers",
      call: AllowShape([.init(.tuple)]), isArrow: true),
  ]

  /// Bytes of one element of a torch storage type.
  static let storageItemSize: [String: Int64] = [
    "DoubleStorage": 8, "FloatStorage": 4, "HalfStorage": 2, "BFloat16Storage": 2, "LongStorage": 8,
    "IntStorage": 4,
    "ShortStorage": 2, "CharStorage": 1, "ByteStorage": 1, "BoolStorage": 1, "ComplexFloatStorage": 8,
    "ComplexDoubleStorage": 16, "UntypedStorage": 1, "QInt8Storage": 1, "QUInt8Storage": 1,
    "QInt32Storage": 4,
    "QUInt4x2Storage": 1, "QUInt2x4Storage": 1,
  ]
}
