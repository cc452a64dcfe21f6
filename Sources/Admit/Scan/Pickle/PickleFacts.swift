// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// What the abstract machine saw in all streams of one pickle. Bounded, whatever the pickle.
struct PickleFacts: Sendable {
  /// A (module, name) pair that the pickle makes its loader import.
  struct Global: Sendable {
    let module: String
    let name: String
    /// Where it was first named.
    let offset: Int
    var standing: Standing
    /// A call of it that its entry covers.
    var isCovered = false
    /// The first call of it that no entry of the allow list covers.
    var call: Call?

    var construct: String { "\(module).\(name)" }
  }

  enum Standing: Sendable, Equatable {
    /// On the allow list, at this index.
    case vetted(Int)
    /// Known to do harm; what it does.
    case dangerous(String)
    /// Reaches through attributes for something else than it names.
    case walk(String)
    /// Written to look like another name; how.
    case disguised(String)
    case unlisted
  }

  struct Call: Sendable {
    let expression: String
    let offset: Int
    /// What makes the call look like an attack although nobody listed the callee; nil when nothing does.
    var suspicion: String?
  }

  /// Everything else that is not proved harmless.
  struct Note: Sendable, Equatable {
    enum Kind: String, Sendable, CaseIterable {
      /// A vetted callable with arguments that its entry does not cover.
      case uncoveredCall
      /// A call of something that is itself the result of a call.
      case computedCall
      /// A write to something imported, or to what no entry lets be written.
      case foreignWrite
      /// A vetted object gets a state that its entry does not cover.
      case uncoveredState
      /// The state of an element type of numpy that contradicts the type.
      case falseType
      case computedName, extensionCode, persistent, buffer, ambiguousNumber
      case malformed, limit, trailing
      /// What unfolds to far more than the file holds.
      case expansion
    }

    let kind: Kind
    let offset: Int
    let detail: String
    /// What `--allow` takes to accept it; nil where no user should.
    var allow: String?
  }

  /// A tensor's storage that the loader would fetch by key.
  struct Storage: Sendable, Equatable {
    let key: String
    let type: String
    let count: Int64
  }

  /// A constant that is a file of its own.
  struct Loaded: Sendable, Equatable {
    let range: Range<Int>
    /// The offset of the opcode, when the bytes are written as Latin-1 text.
    var text: Int?
    /// The model of a library, in its own bytes.
    var isModel = false
  }

  var globals: [Global] = []
  /// Where the first streams begin.
  var starts: [Int] = []
  private var indices: [String: Int] = [:]
  var notes: [Note] = []
  /// Notes of a kind beyond ``Limits/findingsPerRule``.
  var unlistedNotes: [Note.Kind: Int] = [:]
  private var listed: [Note.Kind: Int] = [:]
  var storages: [Storage] = []
  /// Constants that begin like a pickle or an archive.
  var embedded: [Range<Int>] = []
  /// Constants that a vetted callable loads as a file of their own.
  var loaded: [Loaded] = []
  var streams = 0
  var opcodes = 0
  /// What follows the last stream and is none.
  var trailing: Range<Int>?
  /// Where the streams end of a format that says how many there are.
  var end: Int?
  /// Some stream reached its STOP.
  var isComplete = false

  /// Where a pair stands in ``globals``.
  func index(of module: String, _ name: String) -> Int? { indices[Self.key(module, name)] }

  mutating func add(_ global: Global) -> Int {
    globals.append(global)
    indices[Self.key(global.module, global.name)] = globals.count - 1
    return globals.count - 1
  }

  /// The length tells where the module ends, whatever is in the names.
  private static func key(_ module: String, _ name: String) -> String {
    "\(module.utf8.count):\(module).\(name)"
  }

  /// Further notes of the kind are only counted, so that their text need not be made.
  func isFull(_ kind: Note.Kind) -> Bool { listed[kind, default: 0] >= Limits.findingsPerRule }

  mutating func note(
    _ kind: Note.Kind, at offset: Int, _ detail: @autoclosure () -> String, allow: String? = nil
  ) {
    guard !isFull(kind) else {
      unlistedNotes[kind, default: 0] += 1
      return
    }
    if notes.contains(where: { $0.kind == kind && $0.offset == offset }) { return }
    listed[kind, default: 0] += 1
    notes.append(Note(kind: kind, offset: offset, detail: detail(), allow: allow))
  }

  func notes(_ kind: Note.Kind) -> [Note] { notes.filter { $0.kind == kind } }
}
