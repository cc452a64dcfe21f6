// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Files of Torch 7, the Lua ancestor of PyTorch.
struct Torch7Format: ScannedFormat {
  let name = "torch7"
  private static let kinds = StructureKinds("torch7")

  func fits(_ bytes: Bytes) -> Bool { Torch7.looksLikeOne(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let file = Torch7(bytes)
    var notes = Notes()
    if let error = file.error { notes.add(error, as: Self.kinds) }
    for offset in file.functions {
      notes.add(
        "torch7.code", "a serialised function: Lua runs its bytecode unchecked", construct: "lua:function",
        at: offset)
    }
    for (name, offset) in file.classes.sorted(by: { $0.key < $1.key }) where !Self.isKnown(name) {
      notes.add(
        Self.kinds.uncovered, "the class \(name) is not one of Torch's own", construct: "torch7:\(name)",
        at: offset,
        allow: "torch7:\(name)")
    }
    scan.report(notes, place)
    return name
  }

  /// Tensors, storages and layers that read a plain table; none has a `read` of its own.
  private static func isKnown(_ name: String) -> Bool {
    if name.hasPrefix("torch."), name.hasSuffix("Tensor") || name.hasSuffix("Storage") {
      return !name.dropFirst(6).contains(".")
    }
    guard let dot = name.firstIndex(of: "."), ["nn", "cudnn", "cunn"].contains(name[..<dot]) else {
      return false
    }
    return layers.contains(String(name[name.index(after: dot)...]))
  }

  private static let layers: Set<String> = Set(
    """
    Module Container Sequential Parallel Concat ConcatTable DepthConcat ParallelTable MapTable JoinTable SplitTable
    NarrowTable SelectTable MixtureTable FlattenTable Linear LinearWeightNorm SparseLinear IndexLinear Bilinear
    PartialLinear Add Mul CMul CAdd CDiv Euclidean WeightedEuclidean Cosine Identity Copy Narrow Replicate Reshape View
    Contiguous Select MaskedSelect Index Squeeze Unsqueeze Transpose Exp Log Square Sqrt Power Clamp Normalize MM MV
    Padding GradientReversal L1Penalty MulConstant AddConstant Constant Mean Max Min Sum HardTanh HardShrink SoftShrink
    SoftMax SoftMin SoftPlus SoftSign LogSigmoid LogSoftMax Sigmoid Tanh ReLU ReLU6 PReLU CReLU RReLU ELU LeakyReLU
    Threshold Maxout SpatialSoftMax SpatialLogSoftMax GatedLinearUnit TemporalConvolution TemporalMaxPooling
    TemporalSubSampling LookupTable TemporalRowConvolution TemporalDynamicKMaxPooling SpatialConvolution
    SpatialConvolutionMM SpatialConvolutionMap SpatialConvolutionLocal SpatialFullConvolution SpatialFullConvolutionMap
    SpatialDilatedConvolution SpatialDepthWiseConvolution SpatialLPPooling SpatialMaxPooling SpatialAveragePooling
    SpatialAdaptiveMaxPooling SpatialAdaptiveAveragePooling SpatialMaxUnpooling SpatialSubSampling SpatialDropout
    SpatialUpSamplingNearest SpatialUpSamplingBilinear SpatialZeroPadding SpatialReflectionPadding
    SpatialReplicationPadding SpatialConstantPadding SpatialSubtractiveNormalization SpatialDivisiveNormalization
    SpatialContrastiveNormalization SpatialCrossMapLRN SpatialBatchNormalization BatchNormalization LayerNormalization
    InstanceNormalization SpatialFractionalMaxPooling SpatialDepthToSpace VolumetricConvolution
    VolumetricFullConvolution VolumetricMaxPooling VolumetricAveragePooling VolumetricBatchNormalization
    VolumetricDropout VolumetricMaxUnpooling VolumetricReplicationPadding Dropout Bottleneck CAddTable CSubTable
    CMulTable CDivTable CMaxTable CMinTable PairwiseDistance DotProduct CosineDistance NaN Profile PrintSize Collapse
    ZeroGrad DontCast GPU DataParallelTable Kmeans ModuleCriterion Criterion MSECriterion AbsCriterion BCECriterion
    ClassNLLCriterion CrossEntropyCriterion SmoothL1Criterion MultiCriterion ParallelCriterion SpatialClassNLLCriterion
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
