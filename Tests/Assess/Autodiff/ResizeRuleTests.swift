// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

private typealias S = Sketch

@Suite("Rules of operators that resize")
struct ResizeRuleTests {
  static let upsamples: [GradientCase] = ["nearest", "linear"].flatMap { mode in
    GradientCase.each(
      [7], "Upsample", [.input([2, 2, 3, 4])], [S.text("mode", mode), S.floats("scales", [1, 1, 2, 3])])
      + GradientCase.each(
        [9], "Upsample", [.input([2, 2, 3, 4]), .numbers([1, 1, 2, 1.6])], [S.text("mode", mode)])
      + GradientCase.each(
        [10], "Resize", [.input([2, 2, 5, 4]), .numbers([1, 1, 0.6, 1.5])], [S.text("mode", mode)])
  }

  static let modes: [GradientCase] = {
    let image = Operand.input([2, 2, 5, 4])
    let scaled = [image, .absent, .numbers([1, 1, 1.7, 0.8])]
    let sized = [Operand.fixed([2, 2, 5, 4]), .absent, .absent, .integers([2, 2, 8, 3])]
    let eleven = [image, .numbers([]), .numbers([1, 1, 1.7, 0.8])]
    let region = Operand.numbers([0, 0, 0.1, 0.2, 1, 1, 0.8, 0.9])
    var cases: [GradientCase] = []
    for mode in ["nearest", "linear", "cubic"] {
      for coordinates in ["half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel"] {
        let attributes = [S.text("mode", mode), S.text("coordinate_transformation_mode", coordinates)]
        cases += GradientCase.each([11], "Resize", eleven, attributes)
        cases += GradientCase.each([13, 19], "Resize", scaled, attributes)
        cases += GradientCase.each([13, 18], "Resize", sized, attributes)
      }
      cases += GradientCase.each(
        [18, 19], "Resize", [image, .absent, .absent, .integers([7, 9])],
        [S.text("mode", mode), S.ints("axes", [-1, 2])])
      cases += GradientCase.each(
        [13, 19], "Resize", [.open([2, 2, 5, 4]), .absent, .numbers([1, 1, 2, 0.5])], [S.text("mode", mode)])
      if mode != "nearest" {
        cases += GradientCase.each(
          [18], "Resize", [image, .absent, .numbers([1, 1, 0.6, 0.5])],
          [S.text("mode", mode), S.int("antialias", 1)])
      }
      cases += GradientCase.each(
        [13], "Resize", [image, region, .absent, .integers([2, 2, 6, 6])],
        [S.text("mode", mode), S.text("coordinate_transformation_mode", "tf_crop_and_resize")])
    }
    for rounding in ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"] {
      cases += GradientCase.each([11, 13], "Resize", eleven, [S.text("nearest_mode", rounding)])
    }
    cases += GradientCase.each(
      [13], "Resize", scaled,
      [S.text("mode", "cubic"), S.int("exclude_outside", 1), S.float("cubic_coeff_a", -0.5)])
    cases += GradientCase.each(
      [19], "Resize", scaled,
      [S.text("mode", "linear"), S.text("coordinate_transformation_mode", "half_pixel_symmetric")])
    cases += GradientCase.each(
      [13], "Resize", [.input([1, 2, 3, 4, 2]), .absent, .numbers([1, 1, 2, 1.5, 2])],
      [S.text("mode", "linear")])
    cases += GradientCase.each([13], "Resize", [.input([2, 3, 5]), .absent, .numbers([1, 1, 2])])
    return cases
  }()

  static let samples: [GradientCase] = {
    let image = Operand.fixed([2, 3, 4, 5])
    var cases: [GradientCase] = []
    for padding in ["zeros", "border", "reflection"] {
      for corners in [0, 1] {
        let others = [S.text("padding_mode", padding), S.int("align_corners", corners)]
        for (mode, later) in [("bilinear", "linear"), ("bicubic", "cubic")] {
          cases += GradientCase.each(
            [16], "GridSample", [image, .weight([2, 3, 2, 2], .above)], [S.text("mode", mode)] + others)
          cases += GradientCase.each(
            [20, 22], "GridSample", [image, .variable([2, 3, 2, 2], .grid)], [S.text("mode", later)] + others)
        }
        cases += GradientCase.each(
          [16, 20], "GridSample", [.input([2, 3, 4, 5]), .weight([2, 3, 2, 2])],
          [S.text("mode", "nearest")] + others)
      }
    }
    for mode in ["linear", "nearest"] {
      cases += GradientCase.each(
        [20], "GridSample", [.fixed([2, 2, 3, 4, 2]), .weight([2, 2, 1, 2, 3])], [S.text("mode", mode)])
    }
    for corners in [0, 1] {
      let corners = S.int("align_corners", corners)
      cases += GradientCase.each(
        [20, 22], "AffineGrid", [.input([2, 2, 3]), .integers([2, 3, 4, 5])], [corners])
      cases += GradientCase.each(
        [20], "AffineGrid", [.variable([2, 3, 4]), .integers([2, 1, 2, 3, 4])], [corners])
    }
    return cases
  }()

  static let all = upsamples + modes + samples

  @Test(arguments: upsamples) func agreesUpsamples(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: samples) func agreesSamples(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: modes) func agreesModes(_ example: GradientCase) throws { try example.check() }
}
