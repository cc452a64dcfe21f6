// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CONNXRuntime

/// A model that ONNX Runtime has loaded and can run, from several threads at once. It keeps its library alive,
/// and so do the tensors it returned.
///
///     let session = try Session(library: RuntimeLibrary.open(), model: bytes.span)
package final class Session: Sendable {
  /// How a model is run.
  package struct Options: Sendable {
    /// How ONNX Runtime rewrites the graph before it runs it. `all` also picks memory layouts, which convolutions
    /// gain a good deal from.
    package enum Optimisation: Sendable { case none, basic, all }

    /// Threads that work on one operator; nil lets ONNX Runtime take one for each physical core.
    package var threads: Int?
    package var optimisation: Optimisation
    /// Keeps memory between runs, which is faster. Off, memory goes back after each run.
    package var keepsMemory: Bool
    /// Treats numbers below the normal range as 0: faster for some models, and not bit for bit the same.
    package var flushesDenormals: Bool

    package init(
      threads: Int? = nil, optimisation: Optimisation = .all, keepsMemory: Bool = true,
      flushesDenormals: Bool = false
    ) {
      self.threads = threads
      self.optimisation = optimisation
      self.keepsMemory = keepsMemory
      self.flushesDenormals = flushesDenormals
    }
  }

  let handle: SessionHandle

  /// Loads a model from memory, which ONNX Runtime copies: `model` may be released afterwards.
  ///
  /// Refuses external data, because the files it names would be read from the working directory, and the
  /// library's own flat format, which has the same gap and no place in Martlet.
  ///
  /// - Throws: ``RuntimeError/malformedModel(offset:)``, ``RuntimeError/externalData(tensor:)`` and
  ///   ``RuntimeError/refusedModel(reason:)``.
  package init(
    library: RuntimeLibrary, model: Span<UInt8>, options: Options = Options()
  ) throws(RuntimeError) {
    try ExternalData.refuse(in: model)
    let settings = unsafe try Self.settings(options, library)
    defer { unsafe library.api.pointee.ReleaseSessionOptions(settings) }
    var session: OpaquePointer?
    let status = unsafe model.withUnsafeBufferPointer { bytes in
      unsafe library.api.pointee.CreateSessionFromArray(
        library.environment, bytes.baseAddress, bytes.count, settings, &session)
    }
    unsafe try library.check(status) { .refusedModel(reason: $0) }
    handle = unsafe try SessionHandle(session!, of: library)
  }

  /// The same for memory that only a pointer describes, such as secret memory. It must stay as it is until this returns.
  @unsafe package convenience init(
    library: RuntimeLibrary, model: UnsafeRawBufferPointer, options: Options = Options()
  ) throws(RuntimeError) {
    let bytes = unsafe Span<UInt8>(_unsafeElements: model.bindMemory(to: UInt8.self))
    try self.init(library: library, model: bytes, options: options)
  }

  /// What the model wants, in its own order.
  package var inputs: [ValueInfo] { handle.inputs }
  /// What the model returns, in its own order.
  package var outputs: [ValueInfo] { handle.outputs }

  private static func settings(
    _ options: Options, _ library: RuntimeLibrary
  ) throws(RuntimeError) -> OpaquePointer {
    let api = unsafe library.api
    func check(_ status: OpaquePointer?) throws(RuntimeError) {
      unsafe try library.check(status) { .refusedModel(reason: $0) }
    }
    var made: OpaquePointer?
    unsafe try check(api.pointee.CreateSessionOptions(&made))
    let settings = unsafe made!
    do throws(RuntimeError) {
      unsafe try check(api.pointee.SetSessionLogSeverityLevel(settings, CInt(MartletOrtLogError)))
      let level =
        switch options.optimisation {
        case .none: MartletOrtOptimizeNothing
        case .basic: MartletOrtOptimizeBasic
        case .all: MartletOrtOptimizeAll
        }
      unsafe try check(api.pointee.SetSessionGraphOptimizationLevel(settings, Int32(level)))
      if let threads = options.threads {
        unsafe try check(api.pointee.SetIntraOpNumThreads(settings, CInt(clamping: max(1, threads))))
      }
      // A thread that has nothing to do would otherwise keep its core busy, which others may have work for.
      unsafe try check(api.pointee.AddSessionConfigEntry(settings, "session.intra_op.allow_spinning", "0"))
      if !options.keepsMemory { unsafe try check(api.pointee.DisableCpuMemArena(settings)) }
      if options.flushesDenormals {
        unsafe try check(api.pointee.AddSessionConfigEntry(settings, "session.set_denormal_as_zero", "1"))
      }
      // Without it bytes that look like the library's flat format would be taken for it.
      unsafe try check(api.pointee.AddSessionConfigEntry(settings, "session.load_model_format", "ONNX"))
    } catch {
      unsafe api.pointee.ReleaseSessionOptions(settings)
      throw error
    }
    return unsafe settings
  }
}
