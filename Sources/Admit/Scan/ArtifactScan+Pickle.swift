// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension ArtifactScan {
  /// Runs all streams of a pickle, and looks into what follows them and into the constants that begin like a
  /// pickle or an archive.
  mutating func scanPickle(_ bytes: Bytes, _ place: Place) {
    let facts = run(bytes, place)
    storages += facts.storages
    report(.pickle(facts), place)
    guard place.members.count < Limits.nesting else {
      if !facts.embedded.isEmpty { report(.file(.nesting(limit: Limits.nesting)), place) }
      return
    }
    for range in facts.embedded {
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
  }

  private func run(_ bytes: Bytes, _ place: Place) -> PickleFacts {
    let span = bytes.span
    var machine = PickleMachine(span, allow: allow, isTorch: place.isTorchPickle)
    var starts: [Int] = []
    var start = 0
    while start < bytes.count {
      guard starts.count < Limits.pickleStreams else {
        machine.facts.note(.limit, at: start, "more than \(Limits.pickleStreams) streams follow each other")
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
      starts.append(start)
      guard let end = machine.run(from: start) else { break }
      start = end
    }
    machine.facts.streams = starts.count
    if starts.isEmpty { machine.facts.note(.malformed, at: 0, "expected a pickle, found no bytes") }
    if starts.count > 1 {
      // One unpickler that loads all streams keeps its memo between them.
      var keeping = PickleMachine(span, allow: allow, isTorch: place.isTorchPickle)
      for start in starts { _ = keeping.run(from: start, keepingMemo: true) }
      machine.facts.merge(keeping.facts)
    }
    return machine.facts
  }

  /// Text is no pickle, but an unpickler that is given it imports what its first lines name.
  mutating func scanTextAsPickle(_ bytes: Bytes, _ place: Place) {
    var machine = PickleMachine(bytes.span, allow: allow)
    _ = machine.run(from: 0)
    var raw = place
    raw.isRawData = true
    report(.pickle(machine.facts), raw)
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
