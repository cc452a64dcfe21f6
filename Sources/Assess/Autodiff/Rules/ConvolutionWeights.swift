// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// The gradient of a convolution by its weights.
extension Backward {
  /// By products of matrices where sizes allow it, which are two to four times as fast in ONNX Runtime as the other form: a
  /// convolution whose kernel is as large as the image.
  func weightGradient(
    _ x: String, _ shape: [Dim], _ gradient: String, _ window: Window, groups: Int
  ) throws(AutodiffError) -> String {
    if groups == 1, let direct = try productWithTaps(x, shape, gradient, window) { return direct }
    return try swappedConvolution(x, shape, gradient, window, groups: groups)
  }

  /// For each place in the kernel (a tap), what lies under it at all positions of the window: [C, N positions]. Its product with
  /// the gradient [M, N positions] is the gradient of the weights at this place. Where there are few channels, the taps of one row
  /// of the kernel make one product; more would be hardly faster, and need as many times the memory.
  ///
  /// Nil where sizes are open, where there are more taps than nodes for them make sense, and for types that Gemm does not have in
  /// every version.
  private func productWithTaps(
    _ x: String, _ shape: [Dim], _ gradient: String, _ window: Window
  ) throws(AutodiffError) -> String? {
    let output = window.output.compactMap(\.size)
    guard let pads = window.pads, output.count == window.rank, window.kernel.reduce(1, *) <= 256,
      let channels = shape[1].size, let made = try builder.shape(of: gradient, for: node)[1].size,
      channels > 0, made > 0, output.allSatisfy({ $0 > 0 }), try builder.type(of: x) == .float,
      builder.opset >= 10 || window.strides.allSatisfy({ $0 == 1 })
    else { return nil }
    let swapped = [1, 0] + Array(2..<2 + window.rank)
    let rows = try builder.reshape(try builder.transpose(gradient, swapped), [made, -1])
    // Rows of a few numbers each are slow to cut out: there the channels come last, and are cut out whole.
    let isSmall = channels >= 32 && output[window.rank - 1] <= (window.strides.contains { $0 > 1 } ? 16 : 8)
    let first = isSmall ? 1 : 2
    let axes = Array(first..<first + window.rank)
    let image = try builder.pad(
      try builder.transpose(x, isSmall ? [0] + Array(2..<2 + window.rank) + [1] : swapped),
      isSmall
        ? [0] + pads.before + [0, 0] + pads.after + [0]
        : [0, 0] + pads.before + [0, 0] + pads.after)
    let together = channels < 32 ? window.kernel[window.rank - 1] : 1
    var taps: [String] = []
    var products: [String] = []
    for place in places(in: window.kernel) {
      let starts = zip(place, window.dilations).map { $0 * $1 }
      let ends = axes.indices.map { starts[$0] + (output[$0] - 1) * window.strides[$0] + 1 }
      let tap = try builder.slice(image, axes: axes, from: starts, to: ends, steps: window.strides)
      if isSmall {
        let columns = try builder.reshape(tap, [-1, channels])
        products.append(try builder.gemm(rows, columns, transposeLeft: false, transposeRight: false))
        continue
      }
      taps.append(try builder.reshape(tap, [channels, -1]))
      guard taps.count == together else { continue }
      let row = taps.count == 1 ? taps[0] : try builder.add("Concat", taps, outputs: 1, [.int("axis", 0)])[0]
      products.append(try builder.gemm(rows, row, transposeLeft: false, transposeRight: true))
      taps = []
    }
    // [M, taps C] -> [M, C, kernel]
    let all =
      products.count == 1
      ? products[0] : try builder.add("Concat", products, outputs: 1, [.int("axis", 1)])[0]
    let table = try builder.reshape(all, [made, window.kernel.reduce(1, *), channels])
    return try builder.reshape(try builder.transpose(table, [0, 2, 1]), [made, channels] + window.kernel)
  }

  /// All places in a kernel, the last axis first.
  private func places(in kernel: [Int]) -> [[Int]] {
    kernel.reduce([[]]) { places, size in places.flatMap { place in (0..<size).map { place + [$0] } } }
  }

  /// A convolution of the input with the gradient, examples taking the place of channels, strides that of dilations.
  private func swappedConvolution(
    _ x: String, _ shape: [Dim], _ gradient: String, _ window: Window, groups: Int
  ) throws(AutodiffError) -> String {
    var image = x
    var pads = window.pads ?? (window.kernel.map { _ in 0 }, window.kernel.map { _ in 0 })
    if window.openMode != nil {
      try needs(11)
      let open = try openPads(window, x)
      let none = try builder.integers([0, 0])
      image = try builder.add(
        "Pad", x,
        try builder.add("Concat", [none, open.before, none, open.after], outputs: 1, [.int("axis", 0)])[0])
    } else {
      pads = try window.knownPads(node, x)
    }
    let swapped = [1, 0] + Array(2..<2 + window.rank)
    if groups > 1 {
      // [N, G, C/G, ...] -> [C/G, G, N, ...] -> [C/G, G N, ...]
      let sizes = try builder.sizes(Array(shape.dropFirst()), x, for: node)
      let (inner, spatial) = (sizes[0] / groups, Array(sizes.dropFirst()))
      image = try builder.reshape(image, [-1, groups, inner] + spatial)
      image = try builder.transpose(image, [2, 1, 0] + Array(3..<3 + window.rank))
      image = try builder.reshape(image, [inner, -1] + spatial)
    } else {
      image = try builder.transpose(image, swapped)
    }
    let turned = try builder.transpose(gradient, swapped)
    let product = try builder.add(
      "Conv", image, turned,
      with: [
        .ints("strides", window.dilations), .ints("dilations", window.strides),
        .ints("pads", pads.before + pads.after), .int("group", groups),
      ])
    // Rows at the end that no window reaches would make it too large.
    let axes = Array(2..<2 + window.rank)
    let cut = try builder.slice(product, axes: axes, from: axes.map { _ in 0 }, to: window.kernel)
    return try builder.transpose(cut, swapped)
  }
}
