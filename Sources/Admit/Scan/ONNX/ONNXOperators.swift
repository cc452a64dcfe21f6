// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The operators that are known to compute their outputs from their inputs and nothing else: no file, no process, no
/// library is named by any of their attributes.
///
/// The standard ones are all that onnx 1.23 defines for any version of the operator set, with the experimental ones
/// that it had up to 1.4; those of ONNX Runtime are what 1.32 registers, which is what quantised and optimised models use.
enum ONNXOperators {
  /// Names by domain; `ai.onnx` and the empty domain are one.
  static let covered: [String: Set<String>] = [
    "": words(standard),
    "ai.onnx.ml": words(learners),
    "ai.onnx.training": words(training),
    "ai.onnx.preview.training": words(training),
    "ai.onnx.preview": ["FlexAttention", "LinearAttention"],
    "com.microsoft": words(runtime),
    "com.microsoft.nchwc": words(blocked),
    "com.ms.internal.nhwc": words(channelsLast),
  ]

  /// Domains of the standard: a function of the model must not take a name in them.
  static let standardDomains: Set<String> = [
    "", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training", "ai.onnx.preview",
  ]

  /// Domains whose operators runtimes and their libraries of operators bring: whether a function of the model or theirs is
  /// taken for a name in them is up to the runtime.
  static func isReserved(_ domain: String) -> Bool {
    standardDomains.contains(domain) || libraryDomains.contains(domain)
  }

  private static let libraryDomains: Set<String> = [
    "ai.onnx.contrib", "com.microsoft.extensions", "com.microsoft.experimental", "com.microsoft.dml",
    "org.pytorch.aten", "org.pytorch._caffe2", "trt.plugins",
  ]

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
  }

  private static let standard = """
    Abs Acos Acosh Add Affine AffineGrid And ArgMax ArgMin Asin Asinh Atan Atanh Attention AveragePool
    BatchNormalization Bernoulli BitCast BitShift BitwiseAnd BitwiseNot BitwiseOr BitwiseXor
    BlackmanWindow Cast CastLike CausalConvWithState Ceil Celu CenterCropPad Clip Col2Im Compress Concat
    ConcatFromSequence Constant ConstantFill ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh
    Crop CumProd CumSum DFT DeformConv DepthToSpace DequantizeLinear Det DisentangledAttention_TRT Div
    Dropout DynamicQuantizeLinear DynamicSlice EfficientNMS_TRT Einsum Elu Equal Erf Exp Expand EyeLike
    Flatten Floor FusedConv GRU GRUUnit Gather GatherElements GatherND Gelu Gemm GivenTensorFill
    GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample GroupNormalization
    HammingWindow HannWindow HardSigmoid HardSwish Hardmax Identity If ImageDecoder ImageScaler
    InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual
    LinearAttention Log LogSoftmax Loop LoopIndexTensor LpNormalization LpPool MatMul MatMulInteger Max
    MaxPool MaxRoiPool MaxUnpool Mean MeanVarianceNormalization MelWeightMatrix MemcpyFromHost
    MemcpyToHost Min Mish Mod Mul MultilevelCropAndResize_TRT Multinomial Neg NegativeLogLikelihoodLoss
    NonMaxSuppression NonZero Not OneHot Optional OptionalGetElement OptionalHasElement Or PRelu Pad
    ParametricSoftplus Pow PyramidROIAlign_TRT QLinearConv QLinearMatMul QuantizeLinear RMSNormalization
    RNN RandomNormal RandomNormalLike RandomUniform RandomUniformLike Range Reciprocal ReduceL1 ReduceL2
    ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare
    RegexFullMatch Relu Reshape Resize ReverseSequence Rfft RoiAlign RotaryEmbedding Round STFT Scale
    ScaledTanh Scan Scatter ScatterElements ScatterND Selu SequenceAt SequenceConstruct SequenceEmpty
    SequenceErase SequenceInsert SequenceLength SequenceMap Shape Shrink Sigmoid Sign
    SimplifiedLayerNormalization Sin Sinh Size Slice Softmax SoftmaxCrossEntropyLoss Softplus Softsign
    SpaceToDepth Split SplitToSequence Sqrt Squeeze StringConcat StringNormalizer StringSplit Sub Sum
    SwiGLU Swish Tan Tanh TensorScatter TfIdfVectorizer ThresholdedRelu Tile TopK Transpose Trilu Unique
    Unsqueeze Upsample Where Xor
    """

  private static let learners = """
    ArrayFeatureExtractor Binarizer CastMap CategoryMapper DictVectorizer FeatureVectorizer Imputer
    LabelEncoder LinearClassifier LinearRegressor Normalizer OneHotEncoder SVMClassifier SVMRegressor
    Scaler TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor ZipMap
    """

  private static let training = "Adagrad Adam Gradient GraphCall Momentum"

  private static let runtime = """
    Attention AttnLSTM BeamSearch BiasAdd BiasDropout BiasGelu BiasSoftmax BiasSplitGelu
    BifurcationDetector BitmaskBiasDropout BitmaskDropout BranchwiseRMSNorm CDist CausalConvWithState
    ComplexMul ComplexMulConj ConvStateReplay ConvTransposeWithDynamicPads Crop CropAndResize
    DecoderAttention DecoderMaskedMultiHeadAttention DecoderMaskedSelfAttention DequantizeBFP
    DequantizeLinear DequantizeWithOrder DynamicQuantizeLSTM DynamicQuantizeMatMul
    DynamicSparseAttention DynamicTimeWarping EmbedLayerNormalization EngramGate ExpandDims FastGelu
    FusedConv FusedGemm FusedMatMul FusedMatMulActivation GatedAdd GatedDeltaNet
    GatedDeltaNetStateReplay GatedRMSNorm GatedRelativePositionBias GatherBlockQuantized GatherND
    GatherPacked Gelu GemmFastGelu GemmFloat8 GemmaRotaryEmbedding GreedySearch GridSample GroupNorm
    GroupQueryAttention HyperConnectionLowRankMix HyperConnectionPostMix HyperConnectionPreMix Inverse
    Irfft IsAllFinite LayerNormalization LinearAttention LinearAttentionGate LongformerAttention
    MRotaryEmbedding Mamba2Verify MatMulBlockQuantizedFp4Weight MatMulBlockQuantizedFp8Weight MatMulBnb4
    MatMulFpQ4 MatMulInteger16 MatMulIntegerToFloat MatMulNBits MatMulNBitsMlp MatMulNBitsQLoRA
    MatMulNBitsQkv MatMulPacked MaxpoolWithMask MoE MoEGroupRouter MoEPacked MulInteger
    MultiHeadAttention MurmurHash3 NGramHashMapping NGramRepeatBlock NhwcConv NhwcFusedConv NhwcMaxPool
    PackedAttention PackedMultiHeadAttention PackedSparseAttentionIndexer
    PackedSparseAttentionIndexerMerge Pad PagedAttention QAttention QEmbedLayerNormalization QGemm
    QLinearAdd QLinearAveragePool QLinearConcat QLinearConv QLinearGlobalAveragePool QLinearLeakyRelu
    QLinearMul QLinearReduceMean QLinearSigmoid QLinearSoftmax QLinearWhere QMoE QOrderedAttention
    QOrderedGelu QOrderedLayerNormalization QOrderedLongformerAttention QOrderedMatMul QuantizeBFP
    QuantizeLinear QuantizeWithOrder QuickGelu RMSNormRotary Range ReduceSumInteger RelativePositionBias
    RemovePadding RestorePadding Rfft RotaryEmbedding RouterGateUpProj SampleOp Sampling ScaledSiLU
    SimplifiedLayerNormalization SkipGroupNorm SkipLayerNormalization SkipSimplifiedLayerNormalization
    SparseAttention SparseAttentionIndexer SparsePagedAttention SparseToDenseMatMul
    SpeculativePrefixCommit SwiGLU Tokenizer TorchEmbedding TransposeMatMul Trilu UnfoldTensor Unique
    VarlenCausalConvWithState VarlenNGramHashMapping WhisperBeamSearch WordConvEmbedding
    """

  private static let blocked = """
    AveragePool Conv GlobalAveragePool GlobalMaxPool MaxPool ReorderInput ReorderOutput Upsample
    """

  private static let channelsLast = """
    AveragePool BatchNormalization Conv ConvTranspose DepthToSpace GlobalAveragePool GlobalLpPool
    GlobalMaxPool GridSample InstanceNormalization LRN LpPool MaxPool MaxUnpool QLinearAveragePool
    QLinearConv QLinearConvTranspose Resize SpaceToDepth
    """
}
