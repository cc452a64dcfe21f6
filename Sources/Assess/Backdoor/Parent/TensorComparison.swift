// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Says how the numbers of a tensor differ from its parent's.
struct TensorComparison {
  let before: NamedTensor
  let after: NamedTensor
  /// The same tensor of another parent.
  let other: NamedTensor?

  /// Elements beyond which nothing is tested that needs all of them at once.
  private static let most = 1 << 24
  /// Elements at a time.
  private static let chunk = 1 << 16
  /// Fewer changed elements than this, and this share, are few.
  private static let few = (count: 1_000, share: 0.01)
  /// How small what is left over must be, as a share of the difference, for a merge or a low rank to explain it.
  private static let leftOver = 0.02

  /// Sums over all elements.
  private struct Sums {
    var changed = 0
    var first: [Int] = []
    var bits = 0
    var mostBits = 0
    var zeroed = 0
    var notFinite = 0
    var (beforeBefore, beforeAfter, afterAfter, differences) = (0.0, 0.0, 0.0, 0.0)
    var largest = 0.0
    var farthest = 0.0
  }

  /// - Returns: nil where they are the same.
  func change() -> TensorChange? {
    guard before.shape == after.shape else {
      return made(.reshaped, Sums(), "")
    }
    let isSameType = before.type == after.type
    if isSameType, before.hasSameBytes(as: after) { return nil }
    guard before.kind != .other, after.kind != .other, before.count == after.count else {
      return made(.other, Sums(), isSameType ? "" : "another type")
    }
    let sums = sums(isSameType: isSameType)
    if sums.notFinite > 0 {
      return made(.edited, sums, "\(sums.notFinite) elements are NaN or infinite now")
    }
    if !isSameType {
      if let precision = after.kind.precision, before.kind.isFloat, sums.farthest <= precision {
        return made(.cast, sums, "rounded to \(after.type)")
      }
      if sums.changed == 0 { return made(.cast, sums, "the same values as \(after.type)") }
    }
    return judged(sums, isSameType: isSameType)
  }

  private func sums(isSameType: Bool) -> Sums {
    var sums = Sums()
    // Below this a type of fewer bits has no more digits.
    let least = after.kind == .float16 ? 0x1p-14 : 0x1p-126
    for start in stride(from: 0, to: before.count, by: Self.chunk) {
      let range = start..<min(before.count, start + Self.chunk)
      for (place, (old, new)) in zip(before.numbers(range), after.numbers(range)).enumerated() {
        if !new.isFinite && old.isFinite { sums.notFinite += 1 }
        guard new.isFinite, old.isFinite else { continue }
        sums.beforeBefore += old * old
        sums.beforeAfter += old * new
        sums.afterAfter += new * new
        let difference = new - old
        guard difference != 0 || old.sign != new.sign else { continue }
        sums.changed += 1
        if new == 0 { sums.zeroed += 1 }
        sums.differences += difference * difference
        sums.largest = max(sums.largest, abs(difference))
        sums.farthest = max(sums.farthest, abs(difference) / max(abs(old), least))
        if sums.changed <= Self.few.count, isSameType {
          let turned = (before.bits(start + place) ^ after.bits(start + place)).nonzeroBitCount
          sums.bits += turned
          sums.mostBits = max(sums.mostBits, turned)
        }
        if sums.first.count < 4 { sums.first.append(start + place) }
      }
    }
    return sums
  }

  private func judged(_ sums: Sums, isSameType: Bool) -> TensorChange {
    let count = before.count
    let places =
      "at " + sums.first.map(index).joined(separator: ", ") + (sums.changed > sums.first.count ? ", …" : "")
    let isFew =
      sums.changed <= Self.few.count
      && Double(sums.changed) <= max(8, Self.few.share * Double(count))
    let bitsTell = after.kind.size > 1 || sums.changed <= 8
    if isSameType, isFew, sums.mostBits == 1, bitsTell, sums.zeroed == 0 {
      return made(.bitFlipped, sums, "\(sums.bits) bit\(sums.bits == 1 ? "" : "s") \(places)")
    }
    if sums.zeroed == sums.changed {
      return made(.pruned, sums, "\(sums.zeroed) elements became zero")
    }
    if let other, other.shape == before.shape, let weight = weight(of: other) {
      return made(
        .merged, sums,
        "the parent and the other in the ratio \(Self.text(1 - weight)) to \(Self.text(weight))")
    }
    if isFew, sums.changed * 2 < count { return made(.edited, sums, places) }
    let scale = sums.beforeAfter / max(sums.beforeBefore, .leastNormalMagnitude)
    let rest = sums.afterAfter - scale * sums.beforeAfter
    if scale.isFinite, rest <= 1e-12 * sums.afterAfter, count > 1 {
      return made(.scaled, sums, "by \(Self.text(scale))")
    }
    if count <= Self.most {
      let (old, new) = (before.numbers(0..<count), after.numbers(0..<count))
      if let steps = Grid.steps(old: old, new: new, shape: before.shape) {
        return made(.quantised, sums, "on a grid of \(steps) steps")
      }
      let rows = before.shape.first ?? 1
      if before.shape.count >= 2, rows > 0,
        let rank = LowRank.rank(
          of: zip(new, old).map { Float($0 - $1) }, rows: rows, columns: count / rows, leftOver: Self.leftOver
        )
      {
        return made(.lowRank, sums, "rank \(rank)")
      }
    }
    let cosine = Self.cosine(sums)
    // What starts at zero has no direction to keep.
    let isNear = sums.beforeBefore == 0 || cosine > 0.5
    return made(isNear ? .fineTuned : .replaced, sums, "")
  }

  /// By how much the tensor has moved from the parent towards another: nil where something else is left over.
  private func weight(of other: NamedTensor) -> Double? {
    guard other.kind != .other, other.count == before.count else { return nil }
    var (along, length, moved) = (0.0, 0.0, 0.0)
    func each(_ body: (_ old: Double, _ new: Double, _ far: Double) -> Void) {
      for start in stride(from: 0, to: before.count, by: Self.chunk) {
        let range = start..<min(before.count, start + Self.chunk)
        let (old, new, far) = (before.numbers(range), after.numbers(range), other.numbers(range))
        for place in old.indices { body(old[place], new[place], far[place]) }
      }
    }
    each { old, new, far in
      along += (new - old) * (far - old)
      length += (far - old) * (far - old)
      moved += (new - old) * (new - old)
    }
    guard length > 0, moved > 0 else { return nil }
    let weight = along / length
    var rest = 0.0
    each { old, new, far in
      let left = new - old - weight * (far - old)
      rest += left * left
    }
    return rest.squareRoot() <= Self.leftOver * moved.squareRoot() && weight.isFinite ? weight : nil
  }

  private func index(_ place: Int) -> String {
    var (rest, parts) = (place, [Int]())
    for size in before.shape.reversed() {
      parts.insert(rest % max(1, size), at: 0)
      rest /= max(1, size)
    }
    return "[\(parts.map(String.init).joined(separator: ", "))]"
  }

  private static func cosine(_ sums: Sums) -> Double {
    sums.beforeAfter / max((sums.beforeBefore * sums.afterAfter).squareRoot(), .leastNormalMagnitude)
  }

  private func made(_ kind: TensorChange.Kind, _ sums: Sums, _ detail: String) -> TensorChange {
    let hasNumbers = kind != .reshaped && kind != .other
    return TensorChange(
      name: after.name, kind: kind, before: before.words, after: after.words, elements: after.count,
      changed: hasNumbers ? sums.changed : after.count,
      relative: hasNumbers && sums.beforeBefore > 0
        ? (sums.differences / sums.beforeBefore).squareRoot() : nil,
      cosine: hasNumbers && sums.beforeBefore > 0 && sums.afterAfter > 0 ? Self.cosine(sums) : nil,
      detail: detail)
  }

  static func text(_ value: Double) -> String { String(format: "%.4g", value) }
}

extension NamedTensor {
  /// Type and shape.
  var words: String { "\(type) [\(shape.map(String.init).joined(separator: ", "))]" }
}
