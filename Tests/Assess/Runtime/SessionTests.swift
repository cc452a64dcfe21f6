// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletONNXSchema
import MartletRuntime
import Testing

@Suite struct SessionTests {
  @Test func multipliesMatrices() throws {
    let session = try SmallModel.product().session()
    let outputs = try session.run([("x", Tensor(float32: [1, 0, 0, 1, 1, 1], shape: [3, 2]))])
    let y = try #require(outputs["y"])
    #expect(y.shape == [3, 2])
    #expect(try y.array(of: Float.self) == [1, 2, 3, 4, 4, 6])
  }

  @Test func saysWhatAModelTakesAndReturns() throws {
    let session = try SmallModel.product().session()
    #expect(session.inputs.map(\.name) == ["x"])
    #expect(session.inputs.map(\.type) == [.float32])
    #expect(session.inputs.map(\.shape) == [[.symbolic("batch"), .fixed(2)]])
    #expect(session.outputs.map(\.name) == ["y"])
  }

  /// Every numeric type goes through with all its bytes: 8 elements whose bytes count up.
  @Test(arguments: ElementType.allCases.filter { $0.size != nil && $0 != .bool })
  func passesEveryTypeThrough(_ type: ElementType) throws {
    let bytes = (0..<8 * type.size!).map { UInt8($0 + 1) }
    let x = try Tensor(type, bytes: bytes.span, shape: [8])
    let y = try #require(try SmallModel.identity(type).session().run([("x", x)])["y"])
    #expect(y == x)
    #expect(y.bytes == bytes)
  }

  @Test func passesTruthThrough() throws {
    let x = try Tensor(bools: [true, false, true], shape: [3])
    let y = try #require(try SmallModel.identity(.bool).session().run([("x", x)])["y"])
    #expect(try y.bools == [true, false, true])
  }

  @Test func passesStringsThrough() throws {
    let strings = ["", "martlet", "with\0zero", "Zürich 🐦", String(repeating: "long ", count: 1000)]
    let x = try Tensor(strings: strings, shape: [5])
    let y = try #require(try SmallModel.identity(.string).session().run([("x", x)])["y"])
    #expect(try y.strings == strings)
    let none = try Tensor(strings: [], shape: [0])
    #expect(try SmallModel.identity(.string).session().run([("x", none)])["y"] == none)
  }

  @Test func runsAnEmptyBatch() throws {
    let y = try SmallModel.product().session().run([("x", Tensor(float32: [], shape: [0, 2]))])["y"]
    #expect(y?.shape == [0, 2])
  }

  @Test func computesOnlyWhatIsAsked() throws {
    let model = SmallModel(
      [("Neg", ["x"], ["negated"]), ("Abs", ["x"], ["size"])], inputs: [("x", .float32, ["n"])],
      outputs: [("negated", .float32, ["n"]), ("size", .float32, ["n"])])
    let x = try Tensor(float32: [-2, 3], shape: [2])
    let session = try model.session()
    #expect(try Set(session.run([("x", x)]).keys) == ["negated", "size"])
    let some = try session.run([("x", x)], outputs: ["size", "size"])
    #expect(some.keys.sorted() == ["size"])
    #expect(try some["size"]?.array(of: Float.self) == [2, 3])
  }

  @Test(arguments: [
    Session.Options(threads: 2), Session.Options(threads: 1, optimisation: .none),
    Session.Options(threads: 1, optimisation: .basic, keepsMemory: false, flushesDenormals: true),
  ])
  func givesTheSameUnderEveryOption(_ options: Session.Options) throws {
    let x = try Tensor(float32: [1, 2], shape: [1, 2])
    let y = try #require(try SmallModel.product().session(options).run([("x", x)])["y"])
    #expect(try y.array(of: Float.self) == [7, 10])
  }

  @Test func outputsOutliveTheirSession() throws {
    // The weight itself is the output, so its memory is the session's.
    let model = SmallModel(
      [("Neg", ["x"], ["y"])], inputs: [("x", .float32, [1])],
      outputs: [("y", .float32, [1]), ("w", .float32, [2])],
      initialisers: [SmallModel.tensor("w", [5, 6], [2])])
    var session: Session? = try model.session()
    let outputs = try session!.run([("x", Tensor(float32: [1], shape: [1]))])
    session = nil
    _ = try SmallModel.product().session()
    #expect(try outputs["w"]?.array(of: Float.self) == [5, 6])
  }

  @Test func manyThreadsRunOneSession() async throws {
    let session = try SmallModel.product().session()
    let sums = try await withThrowingTaskGroup(of: Float.self) { group in
      for row in 0..<50 {
        group.addTask {
          let x = try Tensor(float32: [Float(row), 1], shape: [1, 2])
          return try #require(try session.run([("x", x)])["y"]).array(of: Float.self)[0]
        }
      }
      return try await group.reduce(into: [Float]()) { $0.append($1) }
    }
    #expect(sums.sorted() == (0..<50).map { Float($0) + 3 })
  }
}

@Suite struct SessionRefusalTests {
  let session: Session
  let row: Tensor

  init() throws {
    session = try SmallModel.product().session()
    row = try Tensor(float32: [1, 2], shape: [1, 2])
  }

  @Test func refusesWrongInputs() throws {
    #expect(throws: RuntimeError.unknownInput(name: "z", known: ["x"])) { try session.run([("z", row)]) }
    #expect(throws: RuntimeError.missingInput(name: "x")) { try session.run([]) }
    #expect(throws: RuntimeError.repeatedInput(name: "x")) { try session.run([("x", row), ("x", row)]) }
    let doubles = try Tensor(float64: [1, 2], shape: [1, 2])
    #expect(throws: RuntimeError.wrongType(name: "x", expected: "float32", found: "float64")) {
      try session.run([("x", doubles)])
    }
    let wide = try Tensor(float32: [1, 2, 3], shape: [1, 3])
    let expected: [ValueDimension] = [.symbolic("batch"), .fixed(2)]
    #expect(throws: RuntimeError.wrongShape(name: "x", expected: expected, found: [1, 3])) {
      try session.run([("x", wide)])
    }
    #expect(throws: RuntimeError.wrongShape(name: "x", expected: expected, found: [2])) {
      try session.run([("x", Tensor(float32: [1, 2], shape: [2]))])
    }
    #expect(throws: RuntimeError.unknownOutput(name: "z", known: ["y"])) {
      try session.run([("x", row)], outputs: ["z"])
    }
  }

  @Test func passesOnWhyAModelFails() throws {
    let model = SmallModel(
      [("Reshape", ["x", "to"], ["y"])], inputs: [("x", .float32, ["n"]), ("to", .int64, [1])],
      outputs: [("y", .float32, ["m"])])
    let session = try model.session()
    let error = #expect(throws: RuntimeError.self) {
      try session.run([("x", Tensor(float32: [1, 2], shape: [2])), ("to", Tensor(int64: [3], shape: [1]))])
    }
    guard case .failedRun(let reason) = error else { throw try #require(error) }
    #expect(reason.contains("Reshape"))
    // Where in its own sources that was helps nobody.
    #expect(!reason.contains("\n") && !reason.contains("onnxruntime_src") && !reason.contains("::"))
  }

  @Test func memoryThatIsNotThereIsSaidToBeMissing() throws {
    let session = try SmallModel(
      [("ConstantOfShape", ["to"], ["y"])], inputs: [("to", .int64, [1])], outputs: [("y", .float32, ["m"])]
    ).session()
    let error = #expect(throws: RuntimeError.self) {
      try session.run([("to", Tensor(int64: [1 << 46], shape: [1]))])
    }
    #expect(error?.description == "the model asks for \(1 << 28) MiB of memory at once, more than there is")
  }

  @Test func refusesWhatIsNoModel() throws {
    #expect(throws: RuntimeError.malformedModel(offset: 1)) { try SmallModel.load([0xFF]) }
    // Field 7, the graph, claims more bytes than there are.
    #expect(throws: RuntimeError.malformedModel(offset: 2)) { try SmallModel.load([0x3A, 0x05, 0x00]) }
    let empty = #expect(throws: RuntimeError.self) { try SmallModel.load([]) }
    guard case .refusedModel = empty else { throw try #require(empty) }
    let unknown = SmallModel(
      [("NoSuchOperator", ["x"], ["y"])], inputs: [("x", .float32, [1])], outputs: [("y", .float32, [1])])
    let error = #expect(throws: RuntimeError.self) { try unknown.session() }
    guard case .refusedModel(let reason) = error else { throw try #require(error) }
    #expect(reason.contains("NoSuchOperator"))
  }

  @Test func everyCutOfAModelIsAnError() throws {
    let bytes = try SmallModel.product().bytes
    for count in 0..<bytes.count {
      #expect(throws: RuntimeError.self, "the first \(count) bytes") {
        try SmallModel.load(Array(bytes.prefix(count)))
      }
    }
  }
}
