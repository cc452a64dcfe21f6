// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
package import MartletRuntime

extension Victim {
  /// What other outputs of a model with scores call its classes, by output: those that name the class of each row, in words or in
  /// numbers of their own. Outputs that give the place of the largest score are not among them.
  ///
  /// The order is that of a list in the model's own graph that fits every example, or else that of the examples, when they have
  /// every class.
  /// - Throws: ``TheftError``.
  package func classNames(_ inputs: Tensor) throws(TheftError) -> [String: [String]] {
    guard reading == .scores else { return [:] }
    let answers = try answers(to: inputs)
    let labels = answers.labels
    var names: [String: [String]] = [:]
    for info in session.outputs where info.name != output && info.name != layer {
      guard [.string, .int64, .int32].contains(info.type), (info.shape?.count ?? 1) <= 2 else { continue }
      let said = try texts(info.name, inputs)
      guard said.count == labels.count, said != labels.map({ "\($0)" }) else { continue }
      let pairs = Array(zip(labels, said))
      let listed = model.classLists.first { list in
        list.count == answers.classes && pairs.allSatisfy { list[$0] == $1 }
      }
      if let found = listed ?? Self.list(pairs, classes: answers.classes) { names[info.name] = found }
    }
    return names
  }

  /// The name of every class, where each has one and no two have the same.
  private static func list(_ pairs: [(Int, String)], classes: Int) -> [String]? {
    let byClass = Dictionary(grouping: pairs) { $0.0 }.mapValues { Set($0.map(\.1)) }
    let names = (0..<classes).compactMap { byClass[$0]?.count == 1 ? byClass[$0]?.first : nil }
    return names.count == classes && Set(names).count == classes ? names : nil
  }

  private func texts(_ name: String, _ inputs: Tensor) throws(TheftError) -> [String] {
    let rows = inputs.rowCount ?? 0
    let size = fixed ?? 256
    var said: [String] = []
    for start in stride(from: 0, to: rows, by: size) {
      let count = min(size, rows - start)
      said += try running { () throws(RuntimeError) in
        let batch = try inputs.rows((start..<start + (fixed ?? count)).map { min($0, rows - 1) })
        guard let made = try session.run([(input, batch)], outputs: [name])[name],
          made.count == batch.rowCount
        else { return [] }
        switch made.type {
        case .string: return Array(try made.strings.prefix(count))
        case .int64: return try made.array(of: Int64.self).prefix(count).map { "\($0)" }
        default: return try made.array(of: Int32.self).prefix(count).map { "\($0)" }
        }
      }
    }
    return said
  }
}
