// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLog
import MartletMerkle
import Testing

@Suite struct ProofTests {
  static let most: UInt64 = 300

  @Test func inclusionProofsHoldAndForgedOnesDoNot() throws {
    let scratch = try LogScratch(size: Int(Self.most))
    var snapshot = try scratch.reader.snapshot()
    for size in 1...Self.most {
      let root = try snapshot.root(size: size)
      for index in 0..<size {
        let proof = try snapshot.inclusionProof(of: index, size: size)
        let entry = LogScratch.entry(Int(index))
        try proof.verify(entry: entry.span, root: root)
        // Every forgery of small trees, and one of each large one's proofs in turn.
        let forgeries = Self.forgeries(of: proof)
        for forged in size <= 40 ? forgeries : [forgeries[Int(index) % forgeries.count]] {
          #expect(throws: ProofFlaw.self) { try forged.verify(entry: entry.span, root: root) }
        }
        #expect(throws: ProofFlaw.wrongRoot) {
          try proof.verify(entry: LogScratch.entry(Int(index) + 1).span, root: root)
        }
      }
    }
  }

  /// Proofs that differ in one thing: a hash, the number of hashes, the index, or a size that has another shape.
  static func forgeries(of proof: InclusionProof) -> [InclusionProof] {
    let (index, size, path) = (proof.index, proof.size, proof.path)
    var forged = [
      InclusionProof(index: index, size: size, path: path + [.empty]),
      InclusionProof(index: index, size: size, path: [.empty] + path),
      InclusionProof(index: index ^ 1, size: size, path: path),
      InclusionProof(index: index, size: index, path: path),
      InclusionProof(index: index, size: 0, path: path),
      InclusionProof(index: .max, size: .max, path: path),
      InclusionProof(index: index, size: .max, path: path),
    ].filter { size > 1 || $0.index == index }
    if let last = path.indices.last {
      forged.append(InclusionProof(index: index, size: size, path: path.dropLast()))
      forged.append(InclusionProof(index: index, size: size, path: Array(path.dropFirst())))
      var changed = path
      changed[Int(index) % path.count] = .empty
      forged.append(InclusionProof(index: index, size: size, path: changed))
      if last > 0 && path[0] != path[last] {
        forged.append(InclusionProof(index: index, size: size, path: path.reversed()))
      }
    }
    return forged
  }

  @Test func consistencyProofsHoldAndForgedOnesDoNot() throws {
    let scratch = try LogScratch(size: Int(Self.most))
    var snapshot = try scratch.reader.snapshot()
    let roots = try (0...Self.most).map { try snapshot.root(size: $0) }
    for to in 0...Self.most {
      for from in 0...to {
        let proof = try snapshot.consistencyProof(from: from, to: to)
        let (old, new) = (roots[Int(from)], roots[Int(to)])
        try proof.verify(fromRoot: old, toRoot: new)
        var forged = [
          ConsistencyProof(from: from, to: to, path: proof.path + [.empty]),
          ConsistencyProof(from: to + 1, to: from, path: proof.path),
          ConsistencyProof(from: .max, to: 0, path: proof.path),
        ]
        if !proof.path.isEmpty {
          forged.append(ConsistencyProof(from: from, to: to, path: proof.path.dropLast()))
          forged.append(ConsistencyProof(from: from, to: to, path: Array(proof.path.dropFirst())))
          forged.append(ConsistencyProof(from: from, to: to, path: []))
          var changed = proof.path
          changed[Int(from) % changed.count] = .empty
          forged.append(ConsistencyProof(from: from, to: to, path: changed))
        }
        for forged in to <= 40 ? forged : [forged[Int(from) % forged.count]] {
          #expect(throws: ProofFlaw.self) { try forged.verify(fromRoot: old, toRoot: new) }
        }
        if to > 40 { continue }
        let other = TreeHash(old, new)
        #expect(throws: ProofFlaw.self) { try proof.verify(fromRoot: other, toRoot: new) }
        if from > 0 { #expect(throws: ProofFlaw.self) { try proof.verify(fromRoot: old, toRoot: other) } }
      }
    }
  }

  @Test(arguments: [255, 256, 257, 600] as [UInt64]) func proofsCrossTiles(size: UInt64) throws {
    let scratch = try LogScratch(size: Int(size))
    var snapshot = try scratch.reader.snapshot()
    for index in [0, 1, size / 2, size - 2, size - 1] {
      let proof = try snapshot.inclusionProof(of: index, size: size)
      try proof.verify(entry: LogScratch.entry(Int(index)).span, root: snapshot.checkpoint.root)
      let consistency = try snapshot.consistencyProof(from: index, to: size)
      try consistency.verify(fromRoot: snapshot.root(size: index), toRoot: snapshot.checkpoint.root)
    }
  }

  @Test func whatTheLogDoesNotHaveIsRefused() throws {
    let scratch = try LogScratch(size: 5)
    let reader = scratch.reader
    #expect(throws: LogError.noSuchEntry(index: 5, size: 5)) { try reader.entry(at: 5) }
    #expect(throws: LogError.noSuchEntry(index: .max, size: 5)) { try reader.entry(at: .max) }
    #expect(throws: LogError.noSuchEntry(index: 5, size: 5)) { try reader.entries(in: 2..<6) }
    #expect(throws: LogError.noSuchEntry(index: 3, size: 3)) { try reader.inclusionProof(of: 3, size: 3) }
    #expect(throws: LogError.noSuchSize(requested: 6, size: 5)) { try reader.inclusionProof(of: 3, size: 6) }
    #expect(throws: LogError.noSuchSize(requested: 6, size: 5)) {
      try reader.consistencyProof(from: 1, to: 6)
    }
    #expect(throws: LogError.noSuchSize(requested: 4, size: 3)) {
      try reader.consistencyProof(from: 4, to: 3)
    }
  }
}
