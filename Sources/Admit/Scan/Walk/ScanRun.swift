// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
package import MartletBytes
package import MartletEvidence
import Synchronization

/// How a scan of paths is done.
package struct ScanOptions: Sendable {
  /// How many files are looked at at once.
  package var jobs = 1
  /// Whether the report names the SHA-256 of every file, which means that every byte is read.
  package var hashes = false
  /// Whether the report lists the constructs that are covered.
  package var constructs = false
  /// Verdicts on bytes that were seen before; nil to look at everything.
  package var cache: (any VerdictCache)?
  /// Called as files are done, from any thread, one call at a time.
  package var progress: (@Sendable (ScanProgress) -> Void)?

  package init() {}
}

/// How far a scan is.
package struct ScanProgress: Sendable {
  package var files = 0
  package var ofFiles = 0
  package var bytes = 0
  package var ofBytes = 0
}

/// Remembers what was said about bytes.
package protocol VerdictCache: Sendable {
  func artifact(of digest: Digest) -> ScanReport.Artifact?
  func keep(_ artifact: ScanReport.Artifact, of digest: Digest)
}

/// Looks at the items of a list, several at once. A large file is digested and scanned at the same time.
final class ScanRun: Sendable {
  private struct State {
    var artifacts: [ScanReport.Artifact?]
    var digests: [Digest?]
    var opened: [Int: Bytes] = [:]
    var dataFiles: Set<String> = []
    var progress = ScanProgress()
  }

  private enum Work { case scan, digest, both }

  private let scanner: Scanner
  private let items: [ScanItem]
  private let options: ScanOptions
  private let state: Mutex<State>

  init(_ scanner: Scanner, _ items: [ScanItem], _ options: ScanOptions) {
    self.scanner = scanner
    self.items = items
    self.options = options
    var progress = ScanProgress()
    progress.ofFiles = items.count
    progress.ofBytes = items.reduce(0) { $0 + $1.size }
    state = Mutex(
      State(
        artifacts: .init(repeating: nil, count: items.count),
        digests: .init(repeating: nil, count: items.count), progress: progress))
  }

  func run() -> ScanReport {
    // The largest first, so that no core ends up alone with one.
    let order = items.indices.sorted { items[$0].size > items[$1].size }
    var work: [(Int, Work)] = []
    for index in order {
      let isLarge = items[index].size >= Limits.splitFile
      if isLarge, options.hashes, options.cache == nil, options.jobs > 1 {
        work += [(index, .digest), (index, .scan)]
      } else {
        work.append((index, .both))
      }
    }
    let next = Atomic<Int>(0)
    let queue = work
    DispatchQueue.concurrentPerform(iterations: max(1, min(options.jobs, queue.count))) { _ in
      while true {
        let at = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard at < queue.count else { return }
        self.perform(queue[at].1, on: queue[at].0)
      }
    }
    return state.withLock { state in
      var artifacts: [ScanReport.Artifact] = []
      for index in items.indices {
        guard var artifact = state.artifacts[index] else { continue }
        artifact = artifact.shown(options.constructs)
        if options.hashes { artifact.sha256 = state.digests[index]?.hex }
        artifacts.append(artifact)
      }
      return Scanner.report(artifacts, dataFiles: state.dataFiles)
    }
  }

  private func perform(_ work: Work, on index: Int) {
    let item = items[index]
    let issue: (FileIssue, String)? =
      switch item.kind {
      case .special: (.special, "special")
      case .unreadable(let reason): (.unreadable(reason), "unknown")
      case .nesting: (.nesting(limit: Limits.scannedDepth), "folder")
      case .escapingLink(let target, nil): (.escapingLink(target: target), "link")
      default: nil
      }
    if let issue {
      return finish(index, scanner.artifact(issue.0, name: item.name, format: issue.1))
    }
    let bytes: Bytes
    do { bytes = try open(index) } catch {
      if case .notAFile = error {
        return finish(index, scanner.artifact(.special, name: item.name, format: "special"))
      }
      return finish(index, scanner.artifact(.unreadable("\(error)"), name: item.name, format: "unknown"))
    }
    var digest: Digest?
    if options.hashes, work != .scan {
      digest = Digest.of(bytes)
      state.withLock { $0.digests[index] = digest }
    }
    guard work != .digest else { return close(index, halfDone: true) }
    if let digest, item.size >= Limits.cachedFile, var known = options.cache?.artifact(of: digest) {
      known.path = item.name
      return finish(index, known)
    }
    var (artifact, dataFiles) = scanner.artifact(bytes, name: item.name, folder: Folder(root: item.folder))
    if case .escapingLink(let target, _) = item.kind {
      artifact = artifact.adding(scanner.artifact(.escapingLink(target: target), name: item.name, format: ""))
    } else if let digest, item.size >= Limits.cachedFile, dataFiles.isEmpty {
      options.cache?.keep(artifact, of: digest)
    }
    finish(
      index, artifact, dataFiles: Set(dataFiles.map { Self.joined(item.folder, $0) }))
  }

  /// A data file as the list names it.
  private static func joined(_ folder: String, _ name: String) -> String {
    let path = folder == "." ? name : folder + "/" + name
    return path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }

  /// Opens a file once, for its digest and its scan.
  private func open(_ index: Int) throws(BytesError) -> Bytes {
    if let opened = state.withLock({ $0.opened[index] }) { return opened }
    let bytes = try Bytes(contentsOf: items[index].path)
    return state.withLock { state in
      // Whoever was first decides which bytes are judged.
      if let other = state.opened[index] { return other }
      state.opened[index] = bytes
      return bytes
    }
  }

  private func finish(_ index: Int, _ artifact: ScanReport.Artifact, dataFiles: Set<String> = []) {
    state.withLock { state in
      state.artifacts[index] = artifact
      state.dataFiles.formUnion(dataFiles)
    }
    close(index, halfDone: false)
  }

  private func close(_ index: Int, halfDone: Bool) {
    state.withLock { state in
      let isDone = state.artifacts[index] != nil && (state.digests[index] != nil || !options.hashes)
      if isDone || !halfDone { state.opened[index] = nil }
      if !halfDone {
        state.progress.files += 1
        state.progress.bytes += items[index].size
        options.progress?(state.progress)
      }
    }
  }
}

extension Scanner {
  /// Scans bytes that come from no file.
  /// - Parameter siblings: the sizes of the files beside it, for models that keep their numbers there.
  package func scan(
    _ bytes: Bytes, name: String, siblings: [String: Int] = [:], options: ScanOptions
  ) -> ScanReport.Artifact {
    scan(bytes, name: name, path: name, siblings: siblings, holes: [], options: options).artifact
  }

  /// Scans bytes of which parts may not be there.
  /// - Parameters:
  ///   - name: the path among `siblings`.
  ///   - path: what the report calls it.
  ///   - holes: parts that read as zeros. A member of an archive that lies in one is not proved to be anything, and what has
  ///     holes has no digest.
  /// - Returns: also the siblings that hold its numbers.
  package func scan(
    _ bytes: Bytes, name: String, path: String, siblings: [String: Int], holes: [Range<Int>],
    options: ScanOptions
  ) -> (artifact: ScanReport.Artifact, dataFiles: Set<String>) {
    let folder = name.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    let (found, files) = artifact(
      bytes, name: name, folder: OpenedFolder(prefix: folder, sizes: siblings), holes: holes)
    var artifact = found.shown(options.constructs)
    artifact.path = path
    if options.hashes, holes.isEmpty { artifact.sha256 = Digest.of(bytes).hex }
    return (artifact, Set(files.map { folder + $0 }))
  }

  /// A file that could not be had.
  package func unreadable(_ path: String, reason: String) -> ScanReport.Artifact {
    artifact(.unreadable(reason), name: path, format: "unknown")
  }

  /// The same artifacts, where those that only hold the numbers of another are no unknown files any more.
  package func settled(_ artifacts: [ScanReport.Artifact], dataFiles: Set<String>) -> [ScanReport.Artifact] {
    Self.report(artifacts, dataFiles: dataFiles).artifacts
  }
}

extension ScanReport.Artifact {
  /// With or without the list of its constructs.
  func shown(_ constructs: Bool) -> ScanReport.Artifact {
    var shown = self
    if !constructs { shown.constructs = nil }
    return shown
  }

  /// The same artifact with what is said about it elsewhere.
  fileprivate func adding(_ other: ScanReport.Artifact) -> ScanReport.Artifact {
    var both = self
    both.findings += other.findings
    both.verdict = verdict.combine(other.verdict)
    return both
  }
}
