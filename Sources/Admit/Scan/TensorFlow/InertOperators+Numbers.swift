// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension InertOperators {
  /// Arithmetic on quantised numbers.
  static let quantised: StaticString = """
    Dequantize QuantizeAndDequantize QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 QuantizeAndDequantizeV4 \
    QuantizeAndDequantizeV4Grad QuantizeDownAndShrinkRange QuantizeV2 QuantizedAdd QuantizedAvgPool \
    QuantizedBatchNormWithGlobalNormalization QuantizedBiasAdd QuantizedConcat QuantizedConcatV2 \
    QuantizedConv2D QuantizedConv2DAndRelu QuantizedConv2DAndReluAndRequantize QuantizedConv2DAndRequantize \
    QuantizedConv2DPerChannel QuantizedConv2DWithBias QuantizedConv2DWithBiasAndRelu \
    QuantizedConv2DWithBiasAndReluAndRequantize QuantizedConv2DWithBiasAndRequantize \
    QuantizedConv2DWithBiasSignedSumAndReluAndRequantize QuantizedConv2DWithBiasSumAndRelu \
    QuantizedConv2DWithBiasSumAndReluAndRequantize QuantizedDepthwiseConv2D QuantizedDepthwiseConv2DWithBias \
    QuantizedDepthwiseConv2DWithBiasAndRelu QuantizedDepthwiseConv2DWithBiasAndReluAndRequantize \
    QuantizedInstanceNorm QuantizedMatMul QuantizedMatMulWithBias QuantizedMatMulWithBiasAndDequantize \
    QuantizedMatMulWithBiasAndRelu QuantizedMatMulWithBiasAndReluAndRequantize \
    QuantizedMatMulWithBiasAndRequantize QuantizedMaxPool QuantizedMul QuantizedRelu QuantizedRelu6 \
    QuantizedReluX QuantizedReshape QuantizedResizeBilinear RequantizationRange \
    RequantizationRangePerChannel Requantize RequantizePerChannel UniformDequantize UniformQuantize \
    UniformQuantizedAdd UniformQuantizedClipByValue UniformQuantizedConvolution \
    UniformQuantizedConvolutionHybrid UniformQuantizedDot UniformQuantizedDotHybrid UniformRequantize \
    XlaDequantize
    """

  /// Random numbers.
  static let random: StaticString = """
    AllCandidateSampler KMC2ChainInitialization KmeansPlusPlusInitialization LearnedUnigramCandidateSampler \
    LogUniformCandidateSampler Multinomial NonDeterministicInts ParameterizedTruncatedNormal RandomCrop \
    RandomGamma RandomGammaGrad RandomIndexShuffle RandomPoisson RandomPoissonV2 RandomShuffle \
    RandomStandardNormal RandomUniform RandomUniformInt RiscRandomUniform RngReadAndSkip RngSkip SobolSample \
    StatefulRandomBinomial StatefulStandardNormal StatefulStandardNormalV2 StatefulTruncatedNormal \
    StatefulUniform StatefulUniformFullInt StatefulUniformInt StatelessMultinomial \
    StatelessParameterizedTruncatedNormal StatelessRandomBinomial StatelessRandomGammaV2 \
    StatelessRandomGammaV3 StatelessRandomGetAlg StatelessRandomGetKeyCounter \
    StatelessRandomGetKeyCounterAlg StatelessRandomNormal StatelessRandomNormalV2 StatelessRandomPoisson \
    StatelessRandomUniform StatelessRandomUniformFullInt StatelessRandomUniformFullIntV2 \
    StatelessRandomUniformInt StatelessRandomUniformIntV2 StatelessRandomUniformV2 \
    StatelessSampleDistortedBoundingBox StatelessShuffle StatelessTruncatedNormal StatelessTruncatedNormalV2 \
    ThreadUnsafeUnigramCandidateSampler TruncatedNormal UniformCandidateSampler
    """

  /// Sparse and ragged tensors.
  static let sparse: StaticString = """
    AddManySparseToTensorsMap AddSparseToTensorsMap CSRSparseMatrixComponents CSRSparseMatrixToDense \
    CSRSparseMatrixToSparseTensor DenseCountSparseOutput DenseToCSRSparseMatrix DenseToSparseSetOperation \
    DeserializeManySparse DeserializeSparse RaggedBincount RaggedCountSparseOutput RaggedCross \
    RaggedFillEmptyRows RaggedFillEmptyRowsGrad RaggedGather RaggedRange RaggedTensorFromVariant \
    RaggedTensorToSparse RaggedTensorToTensor RaggedTensorToVariant RaggedTensorToVariantGradient SparseAdd \
    SparseAddGrad SparseBincount SparseConcat SparseCountSparseOutput SparseCross SparseCrossHashed \
    SparseCrossV2 SparseDenseCwiseAdd SparseDenseCwiseDiv SparseDenseCwiseMul SparseFillEmptyRows \
    SparseFillEmptyRowsGrad SparseMatMul SparseMatrixAdd SparseMatrixMatMul SparseMatrixMul SparseMatrixNNZ \
    SparseMatrixOrderingAMD SparseMatrixSoftmax SparseMatrixSoftmaxGrad SparseMatrixSparseCholesky \
    SparseMatrixSparseMatMul SparseMatrixTranspose SparseMatrixZeros SparseReduceMax SparseReduceMaxSparse \
    SparseReduceSum SparseReduceSumSparse SparseReorder SparseReshape SparseSegmentMean \
    SparseSegmentMeanGrad SparseSegmentMeanGradV2 SparseSegmentMeanWithNumSegments SparseSegmentSqrtN \
    SparseSegmentSqrtNGrad SparseSegmentSqrtNGradV2 SparseSegmentSqrtNWithNumSegments SparseSegmentSum \
    SparseSegmentSumGrad SparseSegmentSumGradV2 SparseSegmentSumWithNumSegments SparseSlice SparseSliceGrad \
    SparseSoftmax SparseSoftmaxCrossEntropyWithLogits SparseSparseMaximum SparseSparseMinimum SparseSplit \
    SparseTensorDenseAdd SparseTensorDenseMatMul SparseTensorToCSRSparseMatrix SparseToDense \
    SparseToSparseSetOperation TakeManySparseFromTensorsMap
    """

  /// What the compiler makes of arithmetic. Calls to code of others (`XlaCustomCall`, `XlaCallModule`,
  /// `XlaLaunch`) are not here.
  static let compiled: StaticString = """
    RiscAbs RiscAdd RiscBinaryArithmetic RiscBinaryComparison RiscBitcast RiscBroadcast RiscCast RiscCeil \
    RiscCholesky RiscConcat RiscCondition RiscConv RiscCos RiscDiv RiscDot RiscExp RiscFft RiscFloor \
    RiscGather RiscImag RiscIsFinite RiscLog RiscLogicalAnd RiscLogicalNot RiscLogicalOr RiscMax RiscMin \
    RiscMul RiscNeg RiscPad RiscPool RiscPow RiscReal RiscReduce RiscRem RiscReshape RiscReverse RiscShape \
    RiscSign RiscSlice RiscSort RiscSqueeze RiscSub RiscTranspose RiscTriangularSolve RiscUnary RiscWhile \
    XlaBroadcastHelper XlaConcatND XlaConv XlaConvV2 XlaDot XlaDotV2 XlaDynamicSlice XlaDynamicUpdateSlice \
    XlaEinsum XlaGather XlaIf XlaKeyValueSort XlaPad XlaReduce XlaReducePrecision XlaReduceWindow \
    XlaRemoveDynamicDimensionSize XlaRngBitGenerator XlaSelfAdjointEig XlaSetBound \
    XlaSetDynamicDimensionSize XlaSharding XlaSort XlaSplitND XlaSpmdFullToShardShape \
    XlaSpmdShardToFullShape XlaSvd XlaVariadicReduce XlaVariadicReduceV2 XlaVariadicSort XlaWhile
    """

  /// Layers of networks.
  static let layers: StaticString = """
    AdjustContrast AdjustContrastv2 AdjustHue AdjustSaturation ApproxTopK AvgPool AvgPool3D AvgPool3DGrad \
    AvgPoolGrad BatchNormWithGlobalNormalization BatchNormWithGlobalNormalizationGrad BiasAdd BiasAddGrad \
    BiasAddV1 BlockLSTM BlockLSTMGrad BlockLSTMGradV2 BlockLSTMV2 CTCLoss CTCLossV2 \
    CombinedNonMaxSuppression Conv Conv2D Conv2DBackpropFilter Conv2DBackpropFilterV2 Conv2DBackpropInput \
    Conv2DBackpropInputV2 Conv3D Conv3DBackpropFilter Conv3DBackpropFilterV2 Conv3DBackpropInput \
    Conv3DBackpropInputV2 CropAndResize CropAndResizeGradBoxes CudnnRNN CudnnRNNBackprop CudnnRNNBackpropV2 \
    CudnnRNNBackpropV3 CudnnRNNCanonicalToParams CudnnRNNCanonicalToParamsV2 CudnnRNNParamsSize \
    CudnnRNNParamsToCanonical CudnnRNNParamsToCanonicalV2 CudnnRNNV2 CudnnRNNV3 DepthwiseConv2dNative \
    DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput Dilation2D \
    Dilation2DBackpropFilter Dilation2DBackpropInput DrawBoundingBoxes DrawBoundingBoxesV2 Elu EluGrad \
    ExtractGlimpse ExtractGlimpseV2 FractionalAvgPool FractionalAvgPoolGrad FractionalMaxPool \
    FractionalMaxPoolGrad FusedBatchNorm FusedBatchNormGrad FusedBatchNormGradV2 FusedBatchNormGradV3 \
    FusedBatchNormV2 FusedBatchNormV3 FusedPadConv2D FusedResizeAndPadConv2D GRUBlockCell GRUBlockCellGrad \
    GenerateBoundingBoxProposals HSVToRGB InTopK InTopKV2 L2Loss LRN LRNGrad LSTMBlockCell LSTMBlockCellGrad \
    LeakyRelu LeakyReluGrad LogSoftmax MaxPool MaxPool3D MaxPool3DGrad MaxPool3DGradGrad MaxPoolGrad \
    MaxPoolGradGrad MaxPoolGradGradV2 MaxPoolGradGradWithArgmax MaxPoolGradV2 MaxPoolGradWithArgmax \
    MaxPoolV2 MaxPoolWithArgmax NonMaxSuppression NonMaxSuppressionV2 NonMaxSuppressionV3 \
    NonMaxSuppressionV4 NonMaxSuppressionV5 NonMaxSuppressionWithOverlaps RGBToHSV Relu Relu6 Relu6Grad \
    ReluGrad ResizeArea ResizeBicubic ResizeBicubicGrad ResizeBilinear ResizeBilinearGrad \
    ResizeNearestNeighbor ResizeNearestNeighborGrad SampleDistortedBoundingBox SampleDistortedBoundingBoxV2 \
    Selu SeluGrad Sigmoid SigmoidGrad Softmax SoftmaxCrossEntropyWithLogits Softplus SoftplusGrad Softsign \
    SoftsignGrad TopK TopKUnique TopKV2 TopKWithUnique _FusedBatchNormEx _FusedConv2D _FusedConv3D \
    _FusedDepthwiseConv2dNative _FusedMatMul
    """

  /// Arithmetic, comparisons, shapes, linear algebra and transforms.
  static let arithmetic: StaticString = """
    Abs AccumulateNV2 Acos Acosh Add AddN AddV2 All Angle Any ApproximateEqual ArgMax ArgMin Asin Asinh Atan \
    Atan2 Atanh BandedTriangularSolve BatchCholesky BatchCholeskyGrad BatchFFT BatchFFT2D BatchFFT3D \
    BatchIFFT BatchIFFT2D BatchIFFT3D BatchMatMul BatchMatMulV2 BatchMatMulV3 BatchMatrixBandPart \
    BatchMatrixDeterminant BatchMatrixDiag BatchMatrixDiagPart BatchMatrixInverse BatchMatrixSetDiag \
    BatchMatrixSolve BatchMatrixSolveLs BatchMatrixTriangularSolve BatchSelfAdjointEig BatchSelfAdjointEigV2 \
    BatchSvd BatchToSpace BatchToSpaceND BesselI0 BesselI0e BesselI1 BesselI1e BesselJ0 BesselJ1 BesselK0 \
    BesselK0e BesselK1 BesselK1e BesselY0 BesselY1 Betainc Bincount Bitcast BitwiseAnd BitwiseOr BitwiseXor \
    BroadcastArgs BroadcastGradientArgs BroadcastTo Bucketize Cast Ceil CheckNumerics CheckNumericsV2 \
    CheckPinned Cholesky CholeskyGrad ClipByValue Complex ComplexAbs ComputeAccidentalHits ComputeBatchSize \
    Concat ConcatOffset ConcatV2 Conj ConjugateTranspose Cos Cosh Cross Cumprod Cumsum CumulativeLogsumexp \
    DataFormatDimMap DataFormatVecPermute Dawsn DeepCopy DenseBincount DenseToDenseSetOperation DepthToSpace \
    Diag DiagPart Digamma DisableCopyOnRead Div DivNoNan DummyIterationCounter DynamicPartition \
    DynamicStitch EditDistance Eig Einsum Empty EnsureShape Equal Erf Erfc Erfinv EuclideanNorm Exp \
    ExpandDims Expint Expm1 ExtractVolumePatches FFT FFT2D FFT3D FFTND Fact FakeQuantWithMinMaxArgs \
    FakeQuantWithMinMaxArgsGradient FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsGradient \
    FakeQuantWithMinMaxVarsPerChannel FakeQuantWithMinMaxVarsPerChannelGradient Fill Floor FloorDiv FloorMod \
    FresnelCos FresnelSin Gather GatherNd GatherV2 GetElementAtIndex Greater GreaterEqual \
    HistogramFixedWidth IFFT IFFT2D IFFT3D IFFTND IRFFT IRFFT2D IRFFT3D IRFFTND Igamma IgammaGradA Igammac \
    Imag Inv InvGrad Invert InvertPermutation IsFinite IsInf IsNan IsotonicRegression KthOrderStatistic \
    LeftShift Less LessEqual Lgamma LinSpace ListDiff Log Log1p LogMatrixDeterminant LogicalAnd LogicalNot \
    LogicalOr LowerBound Lu MakeUnique MatMul MatrixBandPart MatrixDeterminant MatrixDiag MatrixDiagPart \
    MatrixDiagPartV2 MatrixDiagPartV3 MatrixDiagV2 MatrixDiagV3 MatrixExponential MatrixInverse \
    MatrixLogarithm MatrixSetDiag MatrixSetDiagV2 MatrixSetDiagV3 MatrixSolve MatrixSolveLs MatrixSquareRoot \
    MatrixTriangularSolve Max Maximum Mean Min Minimum MirrorPad MirrorPadGrad Mod Mul MulNoNan Ndtri \
    NearestNeighbors Neg NegTrain NextAfter NotEqual NthElement OneHot OnesLike Pack Pad PadV2 \
    ParallelConcat ParallelDynamicStitch Polygamma PopulationCount Pow Prod Qr RFFT RFFT2D RFFT3D RFFTND \
    Range Rank Real RealDiv Reciprocal ReciprocalGrad Reshape Reverse ReverseSequence ReverseV2 RightShift \
    Rint Roll Round Rsqrt RsqrtGrad ScaleAndTranslate ScaleAndTranslateGrad SegmentMax SegmentMaxV2 \
    SegmentMean SegmentMin SegmentMinV2 SegmentProd SegmentProdV2 SegmentSum SegmentSumV2 Select SelectV2 \
    SelfAdjointEig SelfAdjointEigV2 SetSize Shape ShapeN Sign Sin Sinh Size Slice SpaceToBatch \
    SpaceToBatchND SpaceToDepth Spence Split SplitV Sqrt SqrtGrad Square SquaredDifference Squeeze \
    StochasticCastToInt StridedSlice StridedSliceAssign StridedSliceGrad Sub Sum Svd Tan Tanh TanhGrad \
    TensorStridedSliceUpdate Tile TileGrad ToBool Transpose TridiagonalMatMul TridiagonalSolve TruncateDiv \
    TruncateMod UncompressElement Unique UniqueV2 UniqueWithCounts UniqueWithCountsV2 Unpack UnravelIndex \
    UnsortedSegmentMax UnsortedSegmentMin UnsortedSegmentProd UnsortedSegmentSum UpperBound WindowOp Xdivy \
    Xlog1py Xlogy ZerosLike Zeta _TensorToHashBucketFast _UnaryOpsComposition
    """
}
