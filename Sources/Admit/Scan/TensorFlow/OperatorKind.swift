// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What an operator of TensorFlow can do when the graph runs.
enum OperatorKind: Equatable, Sendable {
  /// On a list of operators that only compute.
  case inert
  /// Calls a Python function.
  case python
  case writes(String)
  case reads(String)
  case network(String)
  /// Runs a graph that a tensor holds.
  case graph
  /// Ends or stalls the process.
  case ends(String)
  /// Works on the file that an input names: where the name comes from decides.
  case path(FilePathUse)
  /// Works on the file that an attribute names: an empty one is none.
  case attribute(String, FilePathUse.Effect)
  /// In the core library and not proved harmless: why.
  case doubtful(String)
  /// Of a library that is not TensorFlow's own.
  case unlisted

  static func of(_ op: String) -> OperatorKind {
    if InertOperators.all.contains(op) { return .inert }
    if let kind = special[op] { return kind }
    for (prefix, kind) in prefixes where op.hasPrefix(prefix) { return kind }
    return .unlisted
  }

  private static let special: [String: OperatorKind] = {
    var kinds: [String: OperatorKind] = [
      "PyFunc": .python, "PyFuncStateless": .python, "EagerPyFunc": .python,
      "WriteFile": .writes("a file"), "SaveDataset": .writes("a file"), "SaveDatasetV2": .writes("a file"),
      "DatasetToTFRecord": .writes("a file"), "ExperimentalDatasetToTFRecord": .writes("a file"),
      "SnapshotDataset": .writes("files"), "SnapshotDatasetV2": .writes("files"),
      "CreateSummaryFileWriter": .writes("event files"), "CreateSummaryDbWriter": .writes("a database"),
      "CalibrationStatisticsSaver": .writes("a file"), "DumpTensor": .writes("a file"),
      "StoreMinibatchStatisticsInFdo": .writes("a file"),
      "MatchingFiles": .reads("names of files"), "MatchingFilesDataset": .reads("names of files"),
      "ExperimentalMatchingFilesDataset": .reads("names of files"),
      "ImmutableConst": .reads("memory that is mapped from a file"), "RecordInput": .reads("files"),
      "LoadDataset": .reads("a file"), "SqlDataset": .reads("a database"),
      "ExperimentalSqlDataset": .reads("a database"), "LMDBDataset": .reads("a database"),
      "ExperimentalLMDBDataset": .reads("a database"), "LMDBReader": .reads("a database"),
      "ListSnapshotChunksDataset": .reads("files"), "SnapshotChunkDataset": .reads("files"),
      "SnapshotDatasetReader": .reads("files"), "SnapshotNestedDatasetReader": .reads("files"),
      "RpcServer": .network("opens a port"), "RpcServerStart": .network("opens a port"),
      "RpcServerRegister": .network("opens a port"), "RpcClient": .network("connects to an address"),
      "RpcCall": .network("calls another process"), "Rpc": .network("calls an address"),
      "TryRpc": .network("calls an address"), "RegisterDataset": .network("calls an address"),
      "RegisterDatasetV2": .network("calls an address"), "DistributedSave": .network("calls an address"),
      "FileSystemSetConfiguration": .network("changes how remote files are reached"),
      "DatasetFromGraph": .graph, "RewriteDataset": .doubtful("runs a rewriting plug-in"),
      "Abort": .ends("ends the process"), "SleepOp": .ends("stalls"), "SleepIdentityOp": .ends("stalls"),
      "SleepDataset": .ends("stalls"), "ExperimentalSleepDataset": .ends("stalls"),
      "PrintV2": .inert, "DebugNumericSummaryV2": .inert,
      "XlaCustomCall": .doubtful("calls native code by name"),
      "XlaCustomCallV2": .doubtful("calls native code by name"),
      "XlaCallModule": .doubtful("holds a compiled program, which may call native code by name"),
      "XlaLaunch": .doubtful("compiles and runs a function"),
      "XlaLaunchV2": .doubtful("compiles and runs a function"),
      "TRTEngineOp": .doubtful("holds an engine of TensorRT, which may load plug-ins"),
      "RemoteFusedGraphExecute": .doubtful("hands the graph to an executor by name"),
      "RemoteCall": .doubtful("runs a function on another device"),
      "DeserializeIterator": .doubtful("makes an iterator from a tensor, with the graph in it"),
      "DecodeProtoV2": .attribute("descriptor_source", .read),
      "EncodeProto": .attribute("descriptor_source", .read),
      "FixedUnigramCandidateSampler": .attribute("vocab_file", .read),
    ]
    for op in ["DebugIdentity", "DebugIdentityV2", "DebugIdentityV3", "DebugNanCount", "DebugNumericSummary"]
    {
      kinds[op] = .attribute("debug_urls", .write)
    }
    for use in FilePathUse.all { kinds[use.op] = .path(use) }
    return kinds
  }()

  private static let prefixes: [(String, OperatorKind)] = [
    ("DataService", .network("connects to an address")),
    ("Write", .doubtful("writes to what a summary writer has open")),
    ("Reader", .doubtful("reads files whose names come from a queue")),
    ("TPU", .doubtful("needs a TPU")), ("Collective", .doubtful("exchanges tensors with other processes")),
    ("_Send", .doubtful("exchanges tensors with other processes")),
    ("_Recv", .doubtful("exchanges tensors with other processes")),
  ]
}

/// An operator that works on a file whose name is one of its inputs.
struct FilePathUse: Equatable, Sendable {
  enum Effect: String, Sendable { case read, write }

  let op: String
  let input: Int
  let effect: Effect
  /// What makes it ordinary: the savers that every SavedModel has, the assets that come with it, or nothing.
  let ordinary: Ordinary

  enum Ordinary: Sendable { case saver, asset, memory }

  static let all: [FilePathUse] = [
    .init(op: "SaveV2", input: 0, effect: .write, ordinary: .saver),
    .init(op: "Save", input: 0, effect: .write, ordinary: .saver),
    .init(op: "SaveSlices", input: 0, effect: .write, ordinary: .saver),
    .init(op: "MergeV2Checkpoints", input: 1, effect: .write, ordinary: .saver),
    .init(op: "RestoreV2", input: 0, effect: .read, ordinary: .saver),
    .init(op: "Restore", input: 0, effect: .read, ordinary: .saver),
    .init(op: "RestoreSlice", input: 0, effect: .read, ordinary: .saver),
    .init(op: "DTensorRestoreV2", input: 0, effect: .read, ordinary: .saver),
    .init(op: "LoadAndRemapMatrix", input: 0, effect: .read, ordinary: .saver),
    .init(op: "InitializeTableFromTextFile", input: 1, effect: .read, ordinary: .asset),
    .init(op: "InitializeTableFromTextFileV2", input: 1, effect: .read, ordinary: .asset),
    .init(op: "GenerateVocabRemapping", input: 0, effect: .read, ordinary: .asset),
    .init(op: "ReadFile", input: 0, effect: .read, ordinary: .asset),
    .init(op: "TextLineDataset", input: 0, effect: .read, ordinary: .asset),
    .init(op: "TFRecordDataset", input: 0, effect: .read, ordinary: .asset),
    .init(op: "TFRecordDatasetV2", input: 0, effect: .read, ordinary: .asset),
    .init(op: "FixedLengthRecordDataset", input: 0, effect: .read, ordinary: .asset),
    .init(op: "FixedLengthRecordDatasetV2", input: 0, effect: .read, ordinary: .asset),
    .init(op: "CSVDataset", input: 0, effect: .read, ordinary: .asset),
    .init(op: "CSVDatasetV2", input: 0, effect: .read, ordinary: .asset),
    .init(op: "ExperimentalCSVDataset", input: 0, effect: .read, ordinary: .asset),
    .init(op: "CacheDataset", input: 1, effect: .write, ordinary: .memory),
    .init(op: "CacheDatasetV2", input: 1, effect: .write, ordinary: .memory),
  ]
}

extension InertOperators {
  static let all: Set<String> = {
    let lists = [
      flow, datasets, state, texts, quantised, random, sparse, compiled, layers, arithmetic,
    ]
    return Set(lists.flatMap { Words.of("\($0)") })
  }()
}
