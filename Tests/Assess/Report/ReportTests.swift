// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletReport
import Testing

@Suite struct ReportTests {
  @Test func aPageEscapesWhatModelsAndDataSay() {
    var page = ReportPage(title: "<script>", word: "good", tone: .good, lead: "a & b\u{202E}")
    page.add("Facts", .facts([("name", "\"x\"")]), .table(head: ["<th>"], rows: [["<td>"]]))
    page.add(
      "Plot", .plot(LinePlot([.init(x: 0, y: 1, low: 1, high: 1)], x: "radius <r>", y: "accuracy")))
    let html = page.html()
    #expect(!html.contains("<script"))
    #expect(!html.contains("<r>"))
    #expect(!html.contains("\u{202E}"))
    #expect(html.contains("&lt;script&gt;"))
    #expect(html.contains("&lt;td&gt;"))
    #expect(html.contains("aria-label=\"accuracy over radius &lt;r&gt;: 0: 100.0 %\""))
  }

  @Test func ratesAreDrawnOnLogarithmicAxesAndSaidInWords() {
    var page = ReportPage(title: "t", word: "w", tone: .bad, lead: "l")
    let curve = RatePlot.Curve(
      "<a>",
      [
        .init(falseRate: 0, rightRate: 0), .init(falseRate: 0.01, rightRate: 0.1),
        .init(falseRate: 1, rightRate: 1),
      ])
    page.add("Rates", .rates(RatePlot([curve], least: 0.001, x: "false", y: "right")))
    let html = page.html()
    #expect(
      html.contains(
        "aria-label=\"&lt;a&gt;: right over false, both logarithmic: 0.0 % at 0.1 %, 10.0 % at 1 %, 10.0 % at 10 %, 100.0 % at 100 %\""
      ))
    // Three decades a side: 1 % is at a third of the way, 10 % at two thirds, and nothing is below the beginning.
    #expect(html.contains("points=\"64.0,376.0 250.7,133.3 624.0,12.0\""))
  }

  /// The chunks of a PNG, its checksums and its stored rows, read back by hand.
  @Test(arguments: [[1, 2, 3], [3, 2, 2], [3, 200, 150]])
  func aPictureIsThePNGOfItsValues(_ shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let values = (0..<count).map { Float($0) / Float(count - 1) }
    let uri = try #require(Picture(values, shape: shape)).dataURI
    let png = Array(try #require(Data(base64Encoded: String(uri.dropFirst("data:image/png;base64,".count)))))
    #expect(Array(png[1..<4]) == Array("PNG".utf8))
    var at = 8
    var data: [UInt8] = []
    while at < png.count {
      let length = png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
      let named = Array(png[at + 4..<at + 8 + length])
      let sum = png[at + 8 + length..<at + 12 + length].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      #expect(Inflate.crc32(Bytes(named)) == sum)
      if named.starts(with: Array("IDAT".utf8)) { data += named[4...] }
      at += 12 + length
    }
    var rows: [UInt8] = []
    var block = 2
    while block < data.count - 4 {
      let length = Int(data[block + 1]) | Int(data[block + 2]) << 8
      rows += data[block + 5..<block + 5 + length]
      block += 5 + length
    }
    let (height, line) = (shape[1], shape[2] * shape[0])
    #expect(rows.count == height * (line + 1))
    // The last value of each channel is in the last pixel.
    #expect(rows.last == 255)
    #expect(rows[1] == 0)
  }

  @Test func whatIsNoPictureIsNone() {
    #expect(Picture([Float](repeating: 0, count: 30), shape: [30]) == nil)
    #expect(Picture([Float](repeating: 0, count: 8), shape: [2, 2, 2]) == nil)
    #expect(Picture([Float](repeating: 0, count: 3), shape: [1, 2, 2]) == nil)
  }
}
