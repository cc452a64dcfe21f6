// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Rows made ready to be compared: pictures with one scale for all pixels, tables with one for each column, and wide ones on the axes
/// on which they differ most.
struct PreparedRows: Sendable {
  let values: [Float]
  let width: Int

  /// More columns are projected.
  private static let most = 128
  private static let axes = 64

  init(_ rows: TrainingRows) {
    let (count, width) = (rows.count, rows.width)
    var (means, deviations) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
    for row in 0..<count {
      for index in 0..<width { means[index] += Double(rows.values[row * width + index]) }
    }
    for index in 0..<width { means[index] /= Double(count) }
    for row in 0..<count {
      for index in 0..<width {
        let beside = Double(rows.values[row * width + index]) - means[index]
        deviations[index] += beside * beside
      }
    }
    for index in 0..<width { deviations[index] = (deviations[index] / Double(count)).squareRoot() }
    if rows.shape != nil {
      // One scale: a pixel that hardly varies is not as good as one that does.
      let all = (deviations.reduce(0) { $0 + $1 * $1 } / Double(width)).squareRoot()
      deviations = [Double](repeating: all, count: width)
    }
    var scaled = rows.values
    for row in 0..<count {
      for index in 0..<width {
        let deviation = deviations[index]
        scaled[row * width + index] =
          deviation > 1e-12 ? Float((Double(rows.values[row * width + index]) - means[index]) / deviation) : 0
      }
    }
    guard width > Self.most else {
      (values, self.width) = (scaled, width)
      return
    }
    let all = Array(0..<count)
    // A few thousand rows tell the axes.
    let sample = count <= 4_000 ? all : stride(from: 0, to: count, by: count / 4_000).map { $0 }
    let axes = PrincipalAxes(scaled, width: width, rows: sample, wanted: Self.axes)
    values = axes.project(scaled, rows: all)
    self.width = axes.count
  }
}
