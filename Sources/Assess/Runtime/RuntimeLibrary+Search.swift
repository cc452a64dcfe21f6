// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Synchronization

extension RuntimeLibrary {
  /// Where to look for ONNX Runtime.
  package struct Search: Sendable {
    var environment: [String: String]
    /// The path of the running program.
    var executable: String

    package init(environment: [String: String], executable: String) {
      self.environment = environment
      self.executable = executable
    }

    /// What this process was started with.
    package static var standard: Search {
      let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return Search(
        environment: ProcessInfo.processInfo.environment, executable: executable ?? CommandLine.arguments[0])
    }
  }

  /// Opens the first usable library that `search` leads to: what `MARTLET_ONNXRUNTIME` names (a file, or a
  /// directory with the library in it), and when it is not set `$MARTLET_HOME/lib` or `~/.martlet/lib`, `../lib`
  /// beside the program, `.build/onnxruntime/lib` when the program was built from source, `/usr/local/lib`,
  /// `/usr/lib`, and what the dynamic loader knows.
  ///
  /// - Throws: ``RuntimeError/libraryMissing(searched:)``; ``RuntimeError/libraryUnusable(path:reason:)`` or
  ///   ``RuntimeError/libraryTooOld(path:version:)`` for the first one found when none is usable.
  package static func open(searching search: Search = .standard) throws(RuntimeError) -> RuntimeLibrary {
    // Whoever names a library wants that one, and would not learn of a typing error from another.
    if let named = search.named {
      guard let file = library(at: named) else { throw .libraryMissing(searched: [named]) }
      return try shared(file)
    }
    var failure: RuntimeError?
    for file in search.directories.compactMap(library(at:)) {
      do { return try shared(file) } catch { failure = failure ?? error }
    }
    for name in Search.loaderNames {
      do { return try shared(name) } catch {
        // The loader says the same of a missing library and of a broken one; missing is the usual case.
        if case .libraryTooOld = error { failure = failure ?? error }
      }
    }
    throw failure ?? .libraryMissing(searched: search.directories + ["the loader's path"])
  }

  /// The libraries this process has opened. They stay: ONNX Runtime allows one environment a process, and making
  /// one while another ends fails.
  private static let opened = Mutex<[String: RuntimeLibrary]>([:])

  /// The library at `path`, opened once.
  private static func shared(_ path: String) throws(RuntimeError) -> RuntimeLibrary {
    let result = opened.withLock { libraries -> Result<RuntimeLibrary, RuntimeError> in
      if let library = libraries[path] { return .success(library) }
      do throws(RuntimeError) {
        let library = try RuntimeLibrary(path: path)
        libraries[path] = library
        return .success(library)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// The library that `path` names: itself, or the newest one in the directory.
  static func library(at path: String) -> String? {
    var isDirectory: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return nil }
    guard isDirectory.boolValue else { return path }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let newest = names.filter { $0 == "libonnxruntime.so" || $0.hasPrefix("libonnxruntime.so.") }
      .max { version(of: $0).lexicographicallyPrecedes(version(of: $1)) }
    return newest.map { path + "/" + $0 }
  }

  private static func version(of name: String) -> [Int] {
    name.split(separator: ".").compactMap { Int($0) }
  }
}

extension RuntimeLibrary.Search {
  static let loaderNames = ["libonnxruntime.so.1", "libonnxruntime.so"]

  /// What the user asked for; an empty value asks for nothing.
  var named: String? {
    guard let path = environment["MARTLET_ONNXRUNTIME"], !path.isEmpty else { return nil }
    return path
  }

  var directories: [String] {
    var directories: [String] = []
    if let home = environment["MARTLET_HOME"], !home.isEmpty {
      directories.append(home + "/lib")
    } else if let home = environment["HOME"], !home.isEmpty {
      directories.append(home + "/.martlet/lib")
    }
    let parts = executable.split(separator: "/").map(String.init)
    if executable.hasPrefix("/"), parts.count >= 2 {
      directories.append("/" + (parts.dropLast(2) + ["lib"]).joined(separator: "/"))
      // Only a program that is itself in a .build folder trusts that folder: walking further up could end in a
      // directory where anybody may put a library.
      if let build = parts.lastIndex(of: ".build") {
        directories.append("/" + (parts[...build] + ["onnxruntime", "lib"]).joined(separator: "/"))
      }
    }
    return directories + ["/usr/local/lib", "/usr/lib"]
  }
}
