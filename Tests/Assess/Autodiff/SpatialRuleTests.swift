// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

private typealias S = Sketch

@Suite("Rules of convolutions and pools")
struct SpatialRuleTests {
  /// Input, weights, attributes.
  static let convolutions: [GradientCase] = {
    let plain: [Operand] = [.input([2, 3, 7, 6]), .variable([4, 3, 3, 3]), .variable([4])]
    let grouped: [Operand] = [.input([2, 4, 8, 7]), .variable([6, 2, 3, 2]), .variable([6])]
    let depthwise: [Operand] = [.input([3, 4, 6, 6]), .variable([4, 1, 3, 3])]
    let line: [Operand] = [.input([2, 3, 11]), .variable([2, 3, 4])]
    let solid: [Operand] = [.input([2, 2, 5, 4, 6]), .variable([3, 2, 3, 2, 3])]
    let strides2 = S.ints("strides", [2, 2]), pads1 = S.ints("pads", [1, 1, 1, 1])
    let group2 = S.int("group", 2), group4 = S.int("group", 4)
    var cases = GradientCase.each([7, 11, 22], "Conv", plain)
    for attributes in [
      [pads1], [strides2], [strides2, pads1], [S.ints("strides", [3, 2]), S.ints("pads", [0, 2, 1, 0])],
      [S.ints("dilations", [2, 1]), S.ints("pads", [2, 1, 2, 1])],
      [S.ints("dilations", [2, 2]), strides2, S.ints("pads", [1, 2, 3, 0])],
      [S.ints("pads", [3, 3, 3, 3])], [S.ints("pads", [3, 4, 3, 3]), strides2],
      [S.text("auto_pad", "SAME_UPPER")], [S.text("auto_pad", "SAME_LOWER")],
      [S.text("auto_pad", "SAME_UPPER"), strides2], [S.text("auto_pad", "SAME_LOWER"), strides2],
      [S.text("auto_pad", "SAME_UPPER"), S.ints("strides", [4, 5])],
      [S.text("auto_pad", "VALID"), strides2],
    ] { cases += GradientCase.each([11], "Conv", plain, attributes) }
    for attributes in [[group2], [group2, strides2, pads1], [group2, S.ints("dilations", [2, 3])]] {
      cases += GradientCase.each([13], "Conv", grouped, attributes)
    }
    for attributes in [[group4], [group4, pads1], [group4, strides2, pads1]] {
      cases += GradientCase.each([13], "Conv", depthwise, attributes)
    }
    for attributes in [
      [], [S.ints("strides", [3]), S.ints("pads", [1, 2])], [S.text("auto_pad", "SAME_LOWER")],
    ] {
      cases += GradientCase.each([7, 17], "Conv", line, attributes)
    }
    for attributes in [[], [S.ints("strides", [2, 1, 2]), S.ints("pads", [1, 0, 1, 0, 1, 1])]] {
      cases += GradientCase.each([13], "Conv", solid, attributes)
    }
    // Many channels on small images, whose weights have their slope in another form.
    let many: [Operand] = [.input([2, 32, 6, 5]), .variable([3, 32, 3, 2])]
    for attributes in [
      [], [S.ints("pads", [1, 0, 2, 1])], [strides2, pads1],
      [S.ints("dilations", [2, 3]), S.ints("pads", [2, 1, 0, 2])],
    ] { cases += GradientCase.each([10, 17], "Conv", many, attributes) }
    cases += GradientCase.each(
      [13], "Conv", [.input([2, 32, 7]), .variable([2, 32, 3])], [S.ints("strides", [2])])
    // Weights that are inputs, and sizes that are open.
    cases += GradientCase.each([9, 10, 17], "Conv", [.input([2, 3, 6, 6]), .fixed([4, 3, 3, 3])], [pads1])
    cases += GradientCase.each([17], "Conv", [.input([2, 3, 6, 6]), .fixed([4, 3, 1, 1])])
    cases += GradientCase.each(
      [17], "Conv", [.input([2, 4, 6, 7]), .fixed([6, 2, 3, 2])],
      [group2, S.ints("dilations", [1, 2]), S.ints("pads", [1, 0, 2, 1])])
    cases += GradientCase.each([10, 17], "Conv", [.open([2, 3, 6, 8]), .weight([4, 3, 3, 3])], [strides2])
    cases += GradientCase.each(
      [17], "Conv", [.open([2, 3, 7, 8]), .weight([4, 3, 3, 3])], [strides2, pads1])
    cases += GradientCase.each([17], "Conv", [.open([2, 3, 7, 8]), .weight([4, 3, 3, 3])], [pads1])
    cases += GradientCase.each(
      [17], "Conv", [.open([2, 3, 7, 8]), .weight([4, 3, 2, 3])], [S.text("auto_pad", "SAME_UPPER")])
    cases += GradientCase.each(
      [17], "Conv", [.open([2, 3, 7, 8]), .variable([4, 3, 3, 3])], [strides2, pads1])
    return cases
  }()

  static let transposed: [GradientCase] = {
    let plain: [Operand] = [.input([2, 3, 4, 5]), .variable([3, 2, 3, 3]), .variable([2])]
    let strides2 = S.ints("strides", [2, 2]), strides23 = S.ints("strides", [2, 3])
    var cases = GradientCase.each([7, 11, 22], "ConvTranspose", plain)
    for attributes in [
      [strides2], [strides23, S.ints("pads", [1, 0, 1, 2])], [S.ints("dilations", [2, 1])],
      [strides2, S.ints("output_padding", [1, 1])],
      [strides2, S.text("auto_pad", "SAME_UPPER")], [strides23, S.text("auto_pad", "SAME_LOWER")],
      [strides2, S.text("auto_pad", "VALID")], [strides2, S.ints("output_shape", [8, 10])],
      [strides23, S.ints("output_shape", [9, 14]), S.ints("kernel_shape", [3, 3])],
    ] { cases += GradientCase.each([11], "ConvTranspose", plain, attributes) }
    cases += GradientCase.each(
      [11], "ConvTranspose", [.input([2, 4, 4, 5]), .variable([4, 2, 3, 3])],
      [
        S.int("group", 2), strides23, S.ints("pads", [1, 0, 1, 2]), S.ints("output_padding", [1, 2]),
      ])
    cases += GradientCase.each(
      [11, 22], "ConvTranspose", [.open([2, 3, 4, 5]), .variable([3, 2, 3, 3])], [strides2])
    cases += GradientCase.each(
      [11], "ConvTranspose", [.input([2, 3, 5]), .variable([3, 2, 4])], [S.ints("strides", [3])])
    return cases
  }()

  static let maximum: [GradientCase] = {
    let image = Operand.input([2, 3, 7, 8], .spaced)
    let kernel2 = S.ints("kernel_shape", [2, 2]), kernel3 = S.ints("kernel_shape", [3, 3])
    let strides2 = S.ints("strides", [2, 2])
    var cases = GradientCase.each([9, 10, 12, 16, 22], "MaxPool", [image], [kernel2, strides2])
    let wide = [10, 12, 16]
    for attributes in [
      [kernel3], [kernel3, strides2, S.ints("pads", [1, 1, 1, 1])], [kernel3, S.ints("strides", [3, 2])],
      [kernel3, S.text("auto_pad", "SAME_UPPER")], [kernel2, strides2, S.text("auto_pad", "SAME_LOWER")],
      [kernel3, strides2, S.int("ceil_mode", 1)],
      [kernel2, S.ints("dilations", [2, 3]), S.int("ceil_mode", 1)],
    ] { cases += GradientCase.each(wide, "MaxPool", [image], attributes) }
    cases += GradientCase.each([12, 17], "MaxPool", [.open([2, 2, 6, 9], .spaced)], [kernel3, strides2])
    cases += GradientCase.each(
      [10, 17], "MaxPool", [.input([3, 2, 9], .spaced)],
      [S.ints("kernel_shape", [3]), S.ints("strides", [2])])
    cases += GradientCase.each(
      [12, 17], "MaxPool", [.input([1, 2, 4, 5, 4], .spaced)], [S.ints("kernel_shape", [2, 3, 2])])
    cases += GradientCase.each(
      [12], "MaxPool", [image], [kernel2, strides2, S.int("storage_order", 1)], others: 1)
    return cases
  }()

  static let average: [GradientCase] = {
    let image = Operand.input([2, 3, 7, 8])
    let kernel2 = S.ints("kernel_shape", [2, 2]), kernel3 = S.ints("kernel_shape", [3, 3])
    let strides2 = S.ints("strides", [2, 2]), pads1 = S.ints("pads", [1, 1, 1, 1])
    let include = S.int("count_include_pad", 1), up = S.int("ceil_mode", 1)
    var cases = GradientCase.each([7, 11, 19, 22], "AveragePool", [image], [kernel2, strides2])
    for attributes in [
      [kernel3], [kernel3, strides2, pads1], [kernel3, strides2, pads1, include],
      [kernel3, S.text("auto_pad", "SAME_UPPER")], [kernel2, strides2, S.text("auto_pad", "SAME_LOWER")],
      [kernel3, S.ints("strides", [3, 2]), S.ints("pads", [0, 1, 2, 0])],
    ] { cases += GradientCase.each([7, 19], "AveragePool", [image], attributes) }
    for attributes in [
      [kernel3, strides2, up], [kernel3, strides2, up, pads1],
      [kernel2, S.ints("strides", [3, 3]), up, include],
      [kernel3, strides2, up, pads1, include], [kernel3, S.ints("strides", [3, 3]), up, pads1, include],
    ] { cases += GradientCase.each([10, 11, 19, 22], "AveragePool", [image], attributes) }
    cases += GradientCase.each([19], "AveragePool", [image], [kernel2, S.ints("dilations", [2, 3]), pads1])
    cases += GradientCase.each(
      [11], "AveragePool", [.input([2, 3, 9])], [S.ints("kernel_shape", [4]), S.ints("strides", [2])])
    cases += GradientCase.each(
      [11], "AveragePool", [.input([2, 1, 4, 4, 4])], [S.ints("kernel_shape", [2, 2, 3])])
    for attributes in [
      [kernel2, strides2], [kernel3, strides2, pads1], [kernel3, strides2, pads1, include], [kernel3],
    ] {
      cases += GradientCase.each([10, 19], "AveragePool", [.partly([2, 3, 7, 8])], attributes)
    }
    for mode in ["SAME_UPPER", "SAME_LOWER"] {
      cases += GradientCase.each(
        [10, 19], "AveragePool", [.partly([2, 3, 7, 8])], [kernel3, strides2, S.text("auto_pad", mode)])
    }
    cases += GradientCase.each([7, 22], "GlobalAveragePool", [image])
    cases += GradientCase.each([17], "GlobalAveragePool", [.open([2, 3, 5, 4])])
    cases += GradientCase.each([17], "GlobalAveragePool", [.input([2, 3, 5])])
    return cases
  }()

  @Test(arguments: convolutions) func agreesConvolutions(_ example: GradientCase) throws {
    try example.check()
  }
  @Test(arguments: transposed) func agreesTransposed(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: maximum) func agreesMaximum(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: average) func agreesAverage(_ example: GradientCase) throws { try example.check() }
}
