// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletBytes
import MartletFiles

/// A directory whose files are each sealed alone, beside a sealed ``SealedManifest``, so that one of them can be opened
/// without the others, by Martlet or by any age tool.
///
/// Empty directories are not kept, nor are permissions; symbolic links are refused, because what they lead to may change.
package struct SealedDirectory: Sendable {
  static let manifestName = "manifest.age"

  package let path: String

  package init(_ path: String) { self.path = path }

  package var manifestPath: String { path + "/" + Self.manifestName }

  /// Whether a sealed directory stands there, well or not.
  package static func isOne(_ path: String) -> Bool {
    (try? Directory.kind(of: path + "/" + manifestName)) == .file
  }

  /// Seals everything in a directory for `recipients`. The sealed directory appears whole and durable, or not at all.
  /// - Returns: the bytes of the plaintext and of what became of it.
  /// - Throws: ``SealError``; `FilesError`, with `EEXIST` for an output that is there.
  @discardableResult package static func seal(
    _ input: String, for recipients: [SealingRecipient], as output: String,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> (plainCount: Int, sealedCount: Int) {
    let names = try list(input)
    guard !names.isEmpty else { throw SealError.directory(.empty(input)) }
    let directory = try DurableDirectory(in: FilePath.parent(of: output), mode: 0o644)
    var members: [SealedManifest.Member] = []
    var sealedCount = 0
    for (number, name) in names.enumerated() {
      progress(number, names.count)
      let source: ReadableFile
      do throws(FilesError) { source = try ReadableFile(input + "/" + name) } catch {
        throw SealError.file(error)
      }
      let sealer = try FileSealer(for: recipients)
      let file = SealedManifest.fileName(sealer.fileKey)
      sealedCount += sealer.sealedCount(of: source.count)
      try write(sealer, source, to: file, in: directory)
      members.append(.init(name: name, file: file, size: source.count))
    }
    let manifest = Bytes(try SealedManifest(members).encoded())
    guard manifest.count <= Limits.sealedManifest else {
      throw SealError.directory(.tooMany(limit: Limits.sealedMembers))
    }
    let last = try FileSealer(for: recipients)
    sealedCount += last.sealedCount(of: manifest.count)
    try write(last, manifest, to: manifestName, in: directory)
    try directory.commit(asNew: output)
    return (members.reduce(0) { $0 + $1.size }, sealedCount)
  }

  private static func write(
    _ sealer: consuming FileSealer, _ source: some SealedSource, to name: String,
    in directory: borrowing DurableDirectory
  ) throws {
    var sealer: FileSealer? = consume sealer
    try directory.write(name) { file in
      if let sealer = sealer.take() { try sealer.write(source, to: file) }
    }
  }

  /// The names of the files below a directory.
  private static func list(_ root: String) throws -> [String] {
    var found: [String] = []
    var open = [""]
    while let folder = open.popLast() {
      for name in try Directory.names(in: folder.isEmpty ? root : root + "/" + folder) {
        let relative = folder.isEmpty ? name : folder + "/" + name
        switch try Directory.kind(of: root + "/" + relative) {
        case .directory: open.append(relative)
        case .file: found.append(relative)
        default: throw SealError.directory(.notAFile(root + "/" + relative))
        }
        guard found.count + open.count <= Limits.sealedMembers else {
          throw SealError.directory(.tooMany(limit: Limits.sealedMembers))
        }
      }
    }
    return found.sorted()
  }

  /// Opens the manifest.
  /// - Throws: ``SealError``.
  package func manifest(with store: borrowing some KeyStore & ~Copyable) throws -> SealedManifest {
    guard Self.isOne(path) else { throw SealError.directory(.notOne(path: path)) }
    let file = try SealedPath(manifestPath).unlock(with: store)
    guard file.plainCount <= Limits.sealedManifest else {
      throw SealError.directory(.manifest("it is too long"))
    }
    let text = try file.open()
    return try SealedManifest(reading: text.span)
  }

  /// Unlocks one member, which is the one that was sealed with this directory.
  /// - Throws: ``SealError``, with ``DirectoryFault/missing(_:some:)`` for a name that the manifest does not have.
  package func member(
    _ name: String, with store: borrowing some KeyStore & ~Copyable
  ) throws -> UnlockedFile<SealedInput> {
    try unlock(try manifest(with: store).member(name), with: store)
  }

  private func unlock(
    _ member: SealedManifest.Member, with store: borrowing some KeyStore & ~Copyable
  ) throws -> UnlockedFile<SealedInput> {
    let file = try SealedPath(path + "/" + member.file).unlock(with: store)
    guard SealedManifest.fileName(file.fileKey) == member.file else {
      throw SealError.directory(.otherMember(member.name))
    }
    guard file.plainCount == member.size else {
      throw SealError.directory(
        .memberSize(member.name, expected: member.size, found: file.plainCount))
    }
    return file
  }

  /// Opens every member into a directory, which appears whole and durable, or not at all. Directories have mode 0700 and
  /// files 0600.
  /// - Throws: ``SealError``; `FilesError`, with `EEXIST` for an output that is there.
  package func open(
    with store: borrowing some KeyStore & ~Copyable, as output: String,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws {
    let manifest = try manifest(with: store)
    try refuseStrays(manifest)
    let directory = try DurableDirectory(in: FilePath.parent(of: output), mode: 0o600)
    for (number, member) in manifest.members.enumerated() {
      progress(number, manifest.members.count)
      let file = try unlock(member, with: store)
      try directory.write(member.name) { try file.write(to: $0) }
    }
    try directory.commit(asNew: output)
  }

  /// Opens every member, keeps nothing, and says which there are.
  /// - Throws: ``SealError``, why the directory is not as it was sealed.
  package func verify(with store: borrowing some KeyStore & ~Copyable) throws -> [SealedManifest.Member] {
    let manifest = try manifest(with: store)
    try refuseStrays(manifest)
    for member in manifest.members { try unlock(member, with: store).verify() }
    return manifest.members
  }

  /// Gives every member and the manifest other recipients, as ``SealedPath/rewrap(with:adding:removing:)`` does for a file.
  ///
  /// The manifest is last. When this is interrupted, some members have the new recipients and some the old ones, and doing
  /// it again completes it.
  package func rewrap(
    with store: borrowing some KeyStore & ~Copyable, adding added: [SealingRecipient],
    removing removed: [SealingRecipient]
  ) throws -> Rewrapped {
    let manifest = try manifest(with: store)
    let last = SealedPath(manifestPath)
    try last.check(removed, with: store)
    var became = Rewrapped.unchanged
    for file in manifest.members.map(\.file) {
      let one = try SealedPath(path + "/" + file)
        .rewrap(with: store, adding: added, removing: removed, ifPresent: true)
      if one != .unchanged { became = one }
    }
    let one = try last.rewrap(with: store, adding: added, removing: removed)
    return became == .unchanged ? one : became
  }

  private func refuseStrays(_ manifest: SealedManifest) throws {
    let files = manifest.members.map(\.file) + [Self.manifestName]
    var expected = Set(files)
    for file in files {
      expected.insert(String(InPlaceFile.journal(of: "/" + file).dropFirst()))
    }
    if let stray = try Directory.names(in: path).first(where: { !expected.contains($0) }) {
      throw SealError.directory(.stray(stray))
    }
  }
}
