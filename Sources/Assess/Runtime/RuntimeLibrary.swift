// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CONNXRuntime
import Glibc

/// ONNX Runtime, opened. One is enough for a process, and every ``Session`` keeps its own alive.
///
/// The library stays loaded until the process ends: it has threads and thread-local state of its own that
/// do not survive `dlclose`. Its telemetry is switched off and its log lines are dropped.
@safe package final class RuntimeLibrary: @unchecked Sendable {
  // Shared between threads because the table is constant and the environment is made for it.

  /// Where it was found.
  package let path: String
  /// The library's own version, such as `1.32.0`.
  package let version: String
  let api: UnsafePointer<MartletOrtApi>
  let environment: OpaquePointer
  /// Owns the strings and tensors that ONNX Runtime allocates for us. It lives as long as the library.
  let allocator: OpaquePointer
  /// Describes memory of ours that ONNX Runtime may read.
  let memory: OpaquePointer

  /// Opens the library at `path`, which the dynamic loader resolves when it has no slash.
  /// - Throws: ``RuntimeError/libraryUnusable(path:reason:)`` and ``RuntimeError/libraryTooOld(path:version:)``.
  init(path: String) throws(RuntimeError) {
    guard let library = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw .libraryUnusable(path: path, reason: unsafe String(cString: dlerror()))
    }
    guard let symbol = unsafe dlsym(library, "OrtGetApiBase") else {
      throw .libraryUnusable(path: path, reason: "it is another library")
    }
    // The symbol's type is fixed by ONNX Runtime's public header.
    let getBase = unsafe unsafeBitCast(symbol, to: MartletOrtGetApiBase.self)
    guard let base = unsafe getBase() else {
      throw .libraryUnusable(path: path, reason: "it offers no interface")
    }
    let version = unsafe String(cString: base.pointee.GetVersionString()!)
    guard let api = unsafe base.pointee.GetApi(UInt32(MartletOrtOldestVersion)) else {
      throw .libraryTooOld(path: path, version: version)
    }

    func check(_ status: OpaquePointer?) throws(RuntimeError) {
      guard let reason = unsafe takeReason(status, api) else { return }
      throw .libraryUnusable(path: path, reason: reason)
    }
    var environment: OpaquePointer?
    unsafe try check(
      api.pointee.CreateEnvWithCustomLogger(
        MartletDiscardLog, nil, Int32(MartletOrtLogError), "martlet", &environment))
    unsafe try check(api.pointee.DisableTelemetryEvents(environment))
    var allocator: OpaquePointer?
    unsafe try check(api.pointee.GetAllocatorWithDefaultOptions(&allocator))
    var memory: OpaquePointer?
    unsafe try check(
      api.pointee.CreateCpuMemoryInfo(
        Int32(MartletOrtDeviceAllocator), Int32(MartletOrtMemoryDefault), &memory))

    self.path = path
    self.version = version
    unsafe self.api = api
    unsafe self.environment = environment!
    unsafe self.allocator = allocator!
    unsafe self.memory = memory!
  }

  deinit {
    unsafe api.pointee.ReleaseMemoryInfo(memory)
    unsafe api.pointee.ReleaseEnv(environment)
  }

  /// - Throws: what `error` makes of ONNX Runtime's message when the call failed.
  func check(_ status: OpaquePointer?, _ error: (String) -> RuntimeError) throws(RuntimeError) {
    if let reason = unsafe takeReason(status, api) { throw error(reason) }
  }
}

/// The message of a failed call, whose status it releases; nil for success.
private func takeReason(_ status: OpaquePointer?, _ api: UnsafePointer<MartletOrtApi>) -> String? {
  guard let status = unsafe status else { return nil }
  defer { unsafe api.pointee.ReleaseStatus(status) }
  return unsafe RuntimeReason.readable(String(cString: api.pointee.GetErrorMessage(status)!))
}
