// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Operators of TensorFlow that only compute: exact names of the core library, 2.21 and before. Being here is a claim that
/// the operator touches no file, no network, no process and no code outside of the graph, whatever its inputs.
enum InertOperators {
  /// Values, branches, loops and calls: the functions that they call are walked themselves. `Print` and `Assert`
  /// write to the error output.
  static let flow: StaticString = """
    Assert Batch BatchFunction Case Const ControlTrigger Copy CopyHost DeviceIndex Enter Exit FakeParam For \
    GuaranteeConst Identity IdentityN If LoopCond MapDefun Merge NextIteration NoOp PartitionedCall \
    Placeholder PlaceholderV2 PlaceholderWithDefault PreventGradient Print RefEnter RefExit RefIdentity \
    RefMerge RefNextIteration RefSelect RefSwitch StatefulPartitionedCall StatelessCase StatelessIf \
    StatelessWhile StopGradient Switch SymbolicGradient Timestamp Unbatch UnbatchGrad Where While _Arg \
    _ArrayToList _HostCast _If _ListToArray _Retval _SwitchN _While
    """

  /// Datasets and iterators over tensors in memory: what reads or writes files is not here.
  static let datasets: StaticString = """
    AnonymousIterator AnonymousIteratorV2 AnonymousIteratorV3 AnonymousMemoryCache \
    AnonymousMultiDeviceIterator AnonymousMultiDeviceIteratorV3 AnonymousRandomSeedGenerator \
    AnonymousSeedGenerator AssertCardinalityDataset AssertNextDataset AssertPrevDataset AutoShardDataset \
    BatchDataset BatchDatasetV2 BytesProducedStatsDataset ChooseFastestBranchDataset ChooseFastestDataset \
    ConcatenateDataset DatasetCardinality DatasetFingerprint DatasetToSingleElement DeleteIterator \
    DeleteMemoryCache DeleteMultiDeviceIterator DeleteRandomSeedGenerator DeleteSeedGenerator \
    DenseToSparseBatchDataset DirectedInterleaveDataset DummyMemoryCache DummySeedGenerator \
    ExperimentalAssertNextDataset ExperimentalAutoShardDataset ExperimentalBytesProducedStatsDataset \
    ExperimentalChooseFastestDataset ExperimentalDatasetCardinality ExperimentalDenseToSparseBatchDataset \
    ExperimentalDirectedInterleaveDataset ExperimentalGroupByReducerDataset ExperimentalGroupByWindowDataset \
    ExperimentalIgnoreErrorsDataset ExperimentalIteratorGetDevice ExperimentalLatencyStatsDataset \
    ExperimentalMapAndBatchDataset ExperimentalMapDataset ExperimentalMaxIntraOpParallelismDataset \
    ExperimentalParallelInterleaveDataset ExperimentalParseExampleDataset \
    ExperimentalPrivateThreadPoolDataset ExperimentalRandomDataset ExperimentalRebatchDataset \
    ExperimentalScanDataset ExperimentalSetStatsAggregatorDataset ExperimentalSlidingWindowDataset \
    ExperimentalStatsAggregatorHandle ExperimentalStatsAggregatorSummary ExperimentalTakeWhileDataset \
    ExperimentalThreadPoolDataset ExperimentalThreadPoolHandle ExperimentalUnbatchDataset \
    ExperimentalUniqueDataset FilterByLastComponentDataset FilterDataset FinalizeDataset FlatMapDataset \
    GeneratorDataset GlobalShuffleDataset GroupByReducerDataset GroupByWindowDataset IgnoreErrorsDataset \
    IndexFlatMapDataset InitializeTableFromDataset InterleaveDataset Iterator IteratorGetDevice \
    IteratorGetModelProto IteratorGetNext IteratorGetNextAsOptional IteratorGetNextSync IteratorV2 \
    LatencyStatsDataset LegacyParallelInterleaveDatasetV2 ListDataset MakeIterator MapAndBatchDataset \
    MapDataset MaxIntraOpParallelismDataset ModelDataset MultiDeviceIterator \
    MultiDeviceIteratorGetNextFromShard MultiDeviceIteratorInit NonSerializableDataset OneShotIterator \
    OptimizeDataset OptimizeDatasetV2 OptionalFromValue OptionalGetValue OptionalHasValue OptionalNone \
    OptionsDataset PaddedBatchDataset PaddedBatchDatasetV2 ParallelBatchDataset ParallelFilterDataset \
    ParallelInterleaveDataset ParallelInterleaveDatasetV2 ParallelInterleaveDatasetV3 \
    ParallelInterleaveDatasetV4 ParallelMapDataset ParallelMapDatasetV2 ParseExampleDataset \
    ParseExampleDatasetV2 PrefetchDataset PrivateThreadPoolDataset RandomDataset RandomDatasetV2 \
    RangeDataset RebatchDataset RebatchDatasetV2 ReduceDataset RepeatDataset SamplingDataset ScanDataset \
    SetStatsAggregatorDataset ShardDataset ShuffleAndRepeatDataset ShuffleAndRepeatDatasetV2 ShuffleDataset \
    ShuffleDatasetV2 ShuffleDatasetV3 SkipDataset SlidingWindowDataset SparseTensorSliceDataset \
    StatsAggregatorHandle StatsAggregatorHandleV2 StatsAggregatorSummary TakeDataset TakeWhileDataset \
    TensorDataset TensorSliceDataset ThreadPoolDataset ThreadPoolHandle UnbatchDataset UniqueDataset \
    UnwrapDatasetVariant WeightedFlatMapDataset WindowDataset WrapDatasetVariant ZipDataset
    """

  /// Variables, queues, tables, lists and what optimisers do to variables: all of it in memory.
  static let state: StaticString = """
    AccumulatorApplyGradient AccumulatorNumAccumulated AccumulatorSetGlobalStep AccumulatorTakeGradient \
    AnonymousHashTable AnonymousMutableDenseHashTable AnonymousMutableHashTable \
    AnonymousMutableHashTableOfTensors ApplyAdaMax ApplyAdadelta ApplyAdagrad ApplyAdagradDA ApplyAdagradV2 \
    ApplyAdam ApplyAddSign ApplyCenteredRMSProp ApplyFtrl ApplyFtrlV2 ApplyGradientDescent ApplyMomentum \
    ApplyPowerSign ApplyProximalAdagrad ApplyProximalGradientDescent ApplyRMSProp Assign AssignAdd \
    AssignAddVariableOp AssignSub AssignSubVariableOp AssignVariableOp AssignVariableXlaConcatND Barrier \
    BarrierClose BarrierIncompleteSize BarrierInsertMany BarrierReadySize BarrierTakeMany \
    BoostedTreesAggregateStats BoostedTreesBucketize BoostedTreesCalculateBestFeatureSplit \
    BoostedTreesCalculateBestFeatureSplitV2 BoostedTreesCalculateBestGainsPerFeature BoostedTreesCenterBias \
    BoostedTreesCreateEnsemble BoostedTreesCreateQuantileStreamResource BoostedTreesDeserializeEnsemble \
    BoostedTreesEnsembleResourceHandleOp BoostedTreesExampleDebugOutputs BoostedTreesFlushQuantileSummaries \
    BoostedTreesGetEnsembleStates BoostedTreesMakeQuantileSummaries BoostedTreesMakeStatsSummary \
    BoostedTreesPredict BoostedTreesQuantileStreamResourceAddSummaries \
    BoostedTreesQuantileStreamResourceDeserialize BoostedTreesQuantileStreamResourceFlush \
    BoostedTreesQuantileStreamResourceGetBucketBoundaries BoostedTreesQuantileStreamResourceHandleOp \
    BoostedTreesSerializeEnsemble BoostedTreesSparseAggregateStats \
    BoostedTreesSparseCalculateBestFeatureSplit BoostedTreesTrainingPredict BoostedTreesUpdateEnsemble \
    BoostedTreesUpdateEnsembleV2 CompositeTensorVariantFromComponents CompositeTensorVariantToComponents \
    ConditionalAccumulator ConsumeMutexLock CountUpTo DestroyResourceOp DestroyTemporaryVariable \
    EmptyTensorList EmptyTensorMap EncodeJpegVariableQuality FIFOQueue FIFOQueueV2 FakeQueue HashTable \
    HashTableV2 InitializeTable InitializeTableV2 InplaceAdd InplaceSub InplaceUpdate \
    IsBoostedTreesEnsembleInitialized IsBoostedTreesQuantileStreamResourceInitialized IsVariableInitialized \
    LookupTableExport LookupTableExportV2 LookupTableFind LookupTableFindV2 LookupTableImport \
    LookupTableImportV2 LookupTableInsert LookupTableInsertV2 LookupTableRemoveV2 LookupTableSize \
    LookupTableSizeV2 MapClear MapIncompleteSize MapPeek MapSize MapStage MapUnstage MapUnstageNoKey \
    MutableDenseHashTable MutableDenseHashTableV2 MutableHashTable MutableHashTableOfTensors \
    MutableHashTableOfTensorsV2 MutableHashTableV2 MutexLock MutexV2 OrderedMapClear \
    OrderedMapIncompleteSize OrderedMapPeek OrderedMapSize OrderedMapStage OrderedMapUnstage \
    OrderedMapUnstageNoKey PaddingFIFOQueue PaddingFIFOQueueV2 PriorityQueue PriorityQueueV2 QueueClose \
    QueueCloseV2 QueueDequeue QueueDequeueMany QueueDequeueManyV2 QueueDequeueUpTo QueueDequeueUpToV2 \
    QueueDequeueV2 QueueEnqueue QueueEnqueueMany QueueEnqueueManyV2 QueueEnqueueV2 QueueIsClosed \
    QueueIsClosedV2 QueueSize QueueSizeV2 RandomShuffleQueue RandomShuffleQueueV2 ReadVariableOp \
    ReadVariableXlaSplitND ResourceAccumulatorApplyGradient ResourceAccumulatorNumAccumulated \
    ResourceAccumulatorSetGlobalStep ResourceAccumulatorTakeGradient ResourceApplyAdaMax \
    ResourceApplyAdadelta ResourceApplyAdagrad ResourceApplyAdagradDA ResourceApplyAdagradV2 \
    ResourceApplyAdam ResourceApplyAdamWithAmsgrad ResourceApplyAddSign ResourceApplyCenteredRMSProp \
    ResourceApplyFtrl ResourceApplyFtrlV2 ResourceApplyGradientDescent ResourceApplyKerasMomentum \
    ResourceApplyMomentum ResourceApplyPowerSign ResourceApplyProximalAdagrad \
    ResourceApplyProximalGradientDescent ResourceApplyRMSProp ResourceConditionalAccumulator \
    ResourceCountUpTo ResourceGather ResourceGatherNd ResourceScatterAdd ResourceScatterDiv \
    ResourceScatterMax ResourceScatterMin ResourceScatterMul ResourceScatterNdAdd ResourceScatterNdMax \
    ResourceScatterNdMin ResourceScatterNdSub ResourceScatterNdUpdate ResourceScatterSub \
    ResourceScatterUpdate ResourceSparseApplyAdadelta ResourceSparseApplyAdagrad \
    ResourceSparseApplyAdagradDA ResourceSparseApplyAdagradV2 ResourceSparseApplyCenteredRMSProp \
    ResourceSparseApplyFtrl ResourceSparseApplyFtrlV2 ResourceSparseApplyKerasMomentum \
    ResourceSparseApplyMomentum ResourceSparseApplyProximalAdagrad \
    ResourceSparseApplyProximalGradientDescent ResourceSparseApplyRMSProp ResourceStridedSliceAssign \
    RiscScatter ScatterAdd ScatterDiv ScatterMax ScatterMin ScatterMul ScatterNd ScatterNdAdd ScatterNdMax \
    ScatterNdMin ScatterNdNonAliasingAdd ScatterNdSub ScatterNdUpdate ScatterSub ScatterUpdate SdcaFprint \
    SdcaOptimizer SdcaOptimizerV2 SdcaShrinkL1 SparseAccumulatorApplyGradient SparseAccumulatorTakeGradient \
    SparseApplyAdadelta SparseApplyAdagrad SparseApplyAdagradDA SparseApplyAdagradV2 \
    SparseApplyCenteredRMSProp SparseApplyFtrl SparseApplyFtrlV2 SparseApplyMomentum \
    SparseApplyProximalAdagrad SparseApplyProximalGradientDescent SparseApplyRMSProp \
    SparseConditionalAccumulator Stack StackClose StackCloseV2 StackPop StackPopV2 StackPush StackPushV2 \
    StackV2 Stage StageClear StagePeek StageSize TemporaryVariable TensorArray TensorArrayClose \
    TensorArrayCloseV2 TensorArrayCloseV3 TensorArrayConcat TensorArrayConcatV2 TensorArrayConcatV3 \
    TensorArrayGather TensorArrayGatherV2 TensorArrayGatherV3 TensorArrayGrad TensorArrayGradV2 \
    TensorArrayGradV3 TensorArrayGradWithShape TensorArrayPack TensorArrayRead TensorArrayReadV2 \
    TensorArrayReadV3 TensorArrayScatter TensorArrayScatterV2 TensorArrayScatterV3 TensorArraySize \
    TensorArraySizeV2 TensorArraySizeV3 TensorArraySplit TensorArraySplitV2 TensorArraySplitV3 \
    TensorArrayUnpack TensorArrayV2 TensorArrayV3 TensorArrayWrite TensorArrayWriteV2 TensorArrayWriteV3 \
    TensorListConcat TensorListConcatLists TensorListConcatV2 TensorListElementShape TensorListFromTensor \
    TensorListGather TensorListGetItem TensorListLength TensorListPopBack TensorListPushBack \
    TensorListPushBackBatch TensorListReserve TensorListResize TensorListScatter \
    TensorListScatterIntoExistingList TensorListScatterV2 TensorListSetItem TensorListSplit TensorListStack \
    TensorMapErase TensorMapHasKey TensorMapInsert TensorMapLookup TensorMapSize TensorMapStackKeys \
    TensorScatterAdd TensorScatterMax TensorScatterMin TensorScatterSub TensorScatterUpdate Unstage \
    VarHandleOp VarIsInitializedOp Variable VariableShape VariableV2 XlaOptimizationBarrier XlaScatter \
    XlaSelectAndScatter _ReadVariablesOp _VarHandlesOp
    """

  /// Strings, pictures, sounds and records: from a tensor to a tensor. Summaries are only made here, not written.
  static let texts: StaticString = """
    AsString AudioMicrofrontend AudioSpectrogram AudioSummary AudioSummaryV2 CTCBeamSearchDecoder \
    CTCGreedyDecoder CompressElement CropAndResizeGradImage DecodeAndCropJpeg DecodeBase64 DecodeBmp \
    DecodeCSV DecodeCompressed DecodeGif DecodeImage DecodeJSONExample DecodeJpeg DecodeJxl DecodePaddedRaw \
    DecodePng DecodeRaw DecodeWav DecodeWebP EncodeBase64 EncodeJpeg EncodePng EncodeWav ExtractImagePatches \
    ExtractJpegShape Fingerprint HistogramSummary ImageProjectiveTransformV2 ImageProjectiveTransformV3 \
    ImageSummary MergeSummary Mfcc ParseExample ParseExampleV2 ParseSequenceExample ParseSequenceExampleV2 \
    ParseSingleExample ParseSingleSequenceExample ParseTensor ReduceJoin RegexFullMatch RegexReplace \
    ScalarSummary SerializeManySparse SerializeSparse SerializeTensor ShardedFilename ShardedFilespec \
    Skipgram StaticRegexFullMatch StaticRegexReplace StringFormat StringJoin StringLength StringLower \
    StringNGrams StringSplit StringSplitV2 StringStrip StringToHashBucket StringToHashBucketFast \
    StringToHashBucketStrong StringToNumber StringUpper Substr TensorSummary TensorSummaryV2 UnicodeDecode \
    UnicodeDecodeWithOffsets UnicodeEncode UnicodeScript UnicodeTranscode UnsortedSegmentJoin
    """
}
