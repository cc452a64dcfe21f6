// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension AllowPacks {
  private static let tensor = "makes a tensor over storages whose bounds are checked"

  /// What `torch.save` writes for whole modules, optimizers and tensors of other layouts.
  static let torch = AllowPack(
    "torch", isOnByDefault: true,
    about: """
      Layers, losses and optimizers of PyTorch itself: making one and giving it a state only fills its dictionary, and       the hooks and activations in it can only be what is vetted itself.
      """,
    classes(TorchNames.classes, "a layer or optimizer of torch: its state only fills its dictionary")
      + classes(
        """
        torch.nn.parallel.data_parallel DataParallel
        torch.utils.data.dataset TensorDataset Subset ConcatDataset
        torch._dynamo.decorators _DimRange
        torch.distributions.normal Normal
        torch.distributions.uniform Uniform
        torch.distributions.categorical Categorical
        torch.distributions.bernoulli Bernoulli
        torch.distributions.beta Beta
        torch.distributions.gamma Gamma
        torch.distributions.multivariate_normal MultivariateNormal
        torch.distributions.independent Independent
        """, "holds layers or tensors: its state only fills its dictionary") + [
        function("torch._utils", "_rebuild_parameter_with_state", 4, tensor),
        AllowEntry(
          module: "torch._utils", name: "_rebuild_tensor_v3", reason: tensor,
          call: AllowShape(
            [
              .init(.vettedObject), .init(.integer), .init([.tuple, .vettedObject]), .init(.tuple),
              .init(.bool),
              .init(.vettedObject), .init(.vettedGlobal, types), .init(.dict),
            ], required: 7)),
        function("torch._utils", "_rebuild_qtensor", 7, tensor, required: 6),
        function("torch._utils", "_rebuild_sparse_tensor", 2, tensor),
        function("torch._utils", "_rebuild_sparse_csr_tensor", 2, tensor),
        AllowEntry(
          module: "torch._utils", name: "_rebuild_meta_tensor_no_storage",
          reason: "makes a tensor without numbers",
          call: AllowShape([
            .init(.vettedGlobal, types), .init([.tuple, .vettedObject]), .init(.tuple), .init(.bool),
          ])),
        function("torch._utils", "_rebuild_nested_tensor", 4, tensor),
        function("torch._utils", "_rebuild_device_tensor_from_numpy", 4, tensor),
        AllowEntry(
          module: "torch._tensor", name: "_rebuild_from_type_v2",
          reason: "calls a function of torch that makes a tensor, and sets the attributes of the tensor",
          call: AllowShape([
            .init(.vettedGlobal, rebuilders), .init(.vettedGlobal, ["Tensor", "Parameter", "Buffer"]),
            .init(.tuple),
            .init([.dict, .tuple, .none]),
          ])),
        AllowEntry(
          module: "torch.serialization", name: "_get_layout", reason: "looks a layout up by its name",
          call: AllowShape([.init(.text)])),
        AllowEntry(
          module: "torch.storage", name: "_load_from_bytes",
          reason: "a torch file in the pickle, which is scanned as a file of its own",
          call: AllowShape([.init(.bytesLike)])),
        AllowEntry(
          module: "torch.torch_version", name: "TorchVersion", reason: "a version as text", isClass: true,
          call: AllowShape([.init(.text)]), state: .init([.dict, .none])),
        AllowEntry(
          module: "torch._C", name: "Generator", reason: "the state of a random generator as a tensor",
          isClass: true,
          call: AllowShape([.init(.vettedObject)]),
          state: .init(.tuple)),
        AllowEntry(
          module: "types", name: "SimpleNamespace", reason: "a dictionary with dots", isClass: true,
          isMadeEmpty: true,
          call: AllowShape([]), state: .init(.dict)),
        AllowEntry(
          module: "argparse", name: "Namespace", reason: "a dictionary with dots", isClass: true,
          isMadeEmpty: true,
          call: AllowShape([]), state: .init(.dict)),
        AllowEntry(
          module: "__torch__", name: "*",
          reason: "a class of the archive's own TorchScript code, which is read",
          isClass: true, isMadeEmpty: true, call: AllowShape([]),
          state: .init([
            .none, .bool, .integer, .float, .text, .bytes, .tuple, .list, .dict, .vettedObject,
          ])),
        function("torch.jit._pickle", "build_intlist", 1, "a list"),
        function("torch.jit._pickle", "build_tensorlist", 1, "a list"),
        function("torch.jit._pickle", "build_doublelist", 1, "a list"),
        function("torch.jit._pickle", "build_boollist", 1, "a list"),
        function("torch.jit._pickle", "build_tensor_from_id", 1, "a tensor of the archive"),
        function("torch.jit._pickle", "restore_type_tag", 2, "a container and the name of its type"),
      ]
      + list("torch QInt8Storage QUInt8Storage QInt32Storage QUInt4x2Storage QUInt2x4Storage") {
        AllowEntry(
          module: $0, name: $1, reason: "named as the type of a storage", isClass: true, isStorageType: true)
      }
      + list("torch Tensor\ntorch.nn.parameter Parameter Buffer\ntorch.storage TypedStorage") {
        AllowEntry(module: $0, name: $1, reason: "named as the class of a tensor", isClass: true)
      } + named(constants, "a constant or a function that only computes, named and not called"))

  private static let types = [
    "uint16", "uint32", "uint64", "complex32", "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz",
    "float8_e5m2fnuz",
    "float8_e8m0fnu", "float4_e2m1fn_x2", "float16", "float32", "float64", "bfloat16", "int8", "int16",
    "int32", "int64",
    "uint8", "bool", "complex64", "complex128",
  ]

  private static let rebuilders = [
    "_rebuild_tensor_v2", "_rebuild_tensor_v3", "_rebuild_tensor", "_rebuild_parameter", "_rebuild_qtensor",
    "_rebuild_sparse_tensor", "_rebuild_parameter_with_state", "_rebuild_meta_tensor_no_storage",
  ]

  private static let constants = """
    torch qint8 quint8 qint32 quint4x2 quint2x4 per_tensor_affine per_channel_affine per_tensor_symmetric
    torch per_channel_symmetric per_channel_affine_float_qparams uint16 uint32 uint64 complex32 float8_e4m3fnuz
    torch float8_e5m2fnuz float8_e8m0fnu float4_e2m1fn_x2 channels_last channels_last_3d sparse_coo sparse_csr sparse_csc
    torch sparse_bsr sparse_bsc jagged half float double long int short cfloat cdouble
    torch relu sigmoid tanh softmax
    torch._C._nn gelu softplus silu mish elu leaky_relu hardtanh relu6 log_sigmoid
    torch.nn.functional relu gelu silu mish elu selu celu leaky_relu hardtanh relu6 sigmoid tanh softmax log_softmax softplus
    torch.nn.functional hardswish hardsigmoid logsigmoid glu softsign tanhshrink cosine_similarity pairwise_distance
    """

  /// A function of that many arguments of any vetted kind.
  static func function(
    _ module: String, _ name: String, _ count: Int, _ reason: String, required: Int? = nil, most: Int64? = nil
  ) -> AllowEntry {
    let any: AllowKinds = [
      .none, .bool, .integer, .float, .text, .bytes, .tuple, .list, .dict, .set, .vettedGlobal, .vettedObject,
    ]
    return AllowEntry(
      module: module, name: name, reason: reason,
      call: AllowShape([AllowParameter](repeating: .init(any, most: most), count: count), required: required))
  }
}
