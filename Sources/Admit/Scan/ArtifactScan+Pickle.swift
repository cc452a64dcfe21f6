// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension ArtifactScan {
  /// Runs all streams of a pickle, and looks into what follows them and into the constants that begin like a
  /// pickle or an archive.
  @discardableResult
  mutating func scanPickle(_ bytes: Bytes, _ place: Place) -> PickleFacts {
    let facts = run(bytes, place)
    storages += facts.storages
    certify(facts)
    report(.pickle(facts), place)
    guard place.members.count < Limits.nesting else {
      if !facts.embedded.isEmpty || !facts.loaded.isEmpty {
        report(.file(.nesting(limit: Limits.nesting)), place)
      }
      return facts
    }
    for loaded in facts.loaded {
      let range = loaded.range
      var inner = place.inside("constant at \(range.lowerBound)")
      inner.isRawData = place.isRawData
      let contents = loaded.text == nil ? bytes.slice(range) : Self.latin1(bytes, loaded)
      // The library reads its own bytes: they are looked at for harm when no format is told by them.
      if loaded.isModel, !ScannedFormats.formats.contains(where: { $0.fits(contents) }) {
        inner.isRawData = true
      }
      scan(contents, as: inner)
    }
    for range in facts.embedded where !facts.loaded.contains(where: { $0.range == range }) {
      // Bytes of a constant only harm when something loads them: a broken or unknown one is just data.
      var inner = place.inside("constant at \(range.lowerBound)")
      inner.isRawData = true
      scan(bytes.slice(range), as: inner)
    }
    if let trailing = facts.trailing {
      var inner = place.inside("bytes at \(trailing.lowerBound)")
      inner.isRawData = true
      scan(bytes.slice(trailing), as: inner)
    }
    return facts
  }

  /// The bytes that protocols 0 to 2 write as text.
  private static func latin1(_ bytes: Bytes, _ loaded: PickleFacts.Loaded) -> Bytes {
    var lexer = PickleLexer(bytes.span, at: loaded.text ?? 0)
    guard let read = try? lexer.next() else { return Bytes([UInt8]()) }
    let text = PickleText.text(of: read, in: bytes.span)
    return Bytes(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
  }

  private func run(_ bytes: Bytes, _ place: Place) -> PickleFacts {
    let span = bytes.span
    var machine = PickleMachine(
      span, allow: allow, isTorch: place.isTorchPickle, isScript: place.isTorchScript)
    var starts: [Int] = []
    var start = 0
    while start < bytes.count {
      guard starts.count < Limits.pickleStreams else {
        machine.facts.note(.limit, at: start, "more than \(Limits.pickleStreams) streams follow each other")
        break
      }
      if let most = place.streams, starts.count == most {
        // The format says how many there are; what follows them it reads itself.
        machine.facts.end = start
        break
      }
      if start > 0, !Self.beginsStream(bytes, at: start) {
        let rest = start..<bytes.count
        machine.facts.trailing = rest
        machine.facts.note(.trailing, at: start, "\(rest.count) bytes")
        // Padding hides the next stream from a reader that does not skip it.
        guard let next = Self.firstByte(bytes, from: start), next > start, Self.beginsStream(bytes, at: next)
        else { break }
        start = next
      }
      if machine.facts.starts.count < 8 { machine.facts.starts.append(start) }
      starts.append(start)
      guard let end = machine.run(from: start) else { break }
      start = end
    }
    machine.facts.streams = starts.count
    if starts.isEmpty { machine.facts.note(.malformed, at: 0, "expected a pickle, found no bytes") }
    // A format with so many pickles gives each an unpickler of its own.
    if starts.count > 1, place.streams == nil {
      // One unpickler that loads all streams keeps its memo between them.
      var keeping = PickleMachine(
        span, allow: allow, isTorch: place.isTorchPickle, isScript: place.isTorchScript)
      for start in starts { _ = keeping.run(from: start, keepingMemo: true) }
      machine.facts.merge(keeping.facts)
    }
    return machine.facts
  }

  /// Text is no pickle, but an unpickler that is given it imports what its first lines name, when they are names.
  mutating func scanTextAsPickle(_ bytes: Bytes, _ place: Place) {
    var machine = PickleMachine(bytes.span, allow: allow)
    _ = machine.run(from: 0)
    var raw = place
    raw.isRawData = true
    // An import that fails ends the unpickling: nothing behind it is ever run.
    var reached = PickleFacts()
    reached.opcodes = machine.facts.opcodes
    var failure = Int.max
    for global in machine.facts.globals {
      guard ImportName.isImportable(global.module, global.name) else {
        failure = global.offset
        break
      }
      _ = reached.add(global)
    }
    // Without an import no words of a text do anything, however far apart they put their memo.
    for note in machine.facts.notes
    where note.offset < failure && !reached.globals.isEmpty && note.kind != .expansion {
      reached.note(note.kind, at: note.offset, note.detail)
    }
    report(.pickle(reached), raw)
  }

  /// Whether a loader that is called again here would find another pickle.
  private static func beginsStream(_ bytes: Bytes, at offset: Int) -> Bool {
    PickleProbe.looksLikePickle(bytes.slice(offset..<bytes.count))
  }

  private static func firstByte(_ bytes: Bytes, from offset: Int) -> Int? {
    let span = bytes.span
    var at = offset
    while at < span.count {
      if span[at] != 0, span[at] != 0x0A, span[at] != 0x0D, span[at] != 0x20 { return at }
      at += 1
    }
    return nil
  }
}

extension PickleFacts {
  /// Adds what a second way of running the same stream saw and the first did not.
  mutating func merge(_ other: PickleFacts) {
    for global in other.globals {
      if let known = index(of: global.module, global.name) {
        if globals[known].call?.suspicion == nil { globals[known].call = global.call ?? globals[known].call }
      } else {
        _ = add(global)
      }
    }
    for note in other.notes { self.note(note.kind, at: note.offset, note.detail) }
  }
}
