// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The graph of a model and the bodies of its functions, and who calls whom: to find where a value comes from.
struct GraphBodies {
  /// One graph: parts of it, because a repeated field merges, and the field that nodes are in.
  struct Body {
    let name: String
    let parts: [ProtoReader]
    let nodeField: Int
    /// Numbers of the arguments of a function.
    var arguments: [String: Int] = [:]
    fileprivate var nodes: [String: Bytes]?
  }

  struct Call {
    let body: Int
    let node: Bytes
  }

  private(set) var bodies: [Body] = []
  /// Numbers of bodies by the names of functions.
  private(set) var functions: [String: Int] = [:]
  private(set) var callers: [String: [Call]] = [:]
  /// Functions that a function calls.
  private(set) var edges: [Int: Set<Int>] = [:]
  /// Assignments to variables, anywhere.
  private(set) var assignments: [Call] = []
  private var remembered = 0
  /// There was more than Limits/graphNodes: where values come from is not known.
  private(set) var isFull = false
  private(set) var duplicates: [String] = []

  mutating func add(graph parts: [ProtoReader]) {
    bodies.append(Body(name: "", parts: parts, nodeField: 1))
  }

  mutating func add(function name: String, arguments: [String], body: ProtoReader) {
    guard functions.count < Limits.graphFunctions else {
      isFull = true
      return
    }
    if functions[name] != nil, duplicates.count < 64 { duplicates.append(name) }
    functions[name] = bodies.count
    var numbers: [String: Int] = [:]
    for (index, argument) in arguments.enumerated() { numbers[argument] = index }
    bodies.append(Body(name: name, parts: [body], nodeField: 3, arguments: numbers))
  }

  mutating func note(call function: String, from body: Int, node: Bytes) {
    guard take() else { return }
    callers[function, default: []].append(Call(body: body, node: node))
    if let target = functions[function] { edges[body, default: []].insert(target) }
  }

  mutating func note(assignment node: Bytes, in body: Int) {
    guard take() else { return }
    assignments.append(Call(body: body, node: node))
  }

  private mutating func take() -> Bool {
    remembered += 1
    if remembered > Limits.graphNodes { isFull = true }
    return remembered <= Limits.graphNodes
  }

  /// A node by its name.
  mutating func node(_ name: String, in body: Int) -> GraphNode? {
    if bodies[body].nodes == nil { index(body) }
    return bodies[body].nodes?[name].flatMap { try? GraphNode(ProtoReader($0)) }
  }

  private mutating func index(_ body: Int) {
    var nodes: [String: Bytes] = [:]
    for part in bodies[body].parts {
      var reader = part
      while let field = (try? reader.next()) ?? nil {
        guard field.number == bodies[body].nodeField, var inner = try? reader.message(field) else { continue }
        guard take() else { break }
        var name = ""
        while let part = (try? inner.next()) ?? nil {
          if part.number == 1, let text = try? inner.text(part) { name = text }
          if part.number == 3 { break }
        }
        if nodes.updateValue(inner.bytes, forKey: name) != nil, duplicates.count < 64 {
          duplicates.append(name)
        }
      }
    }
    bodies[body].nodes = nodes
  }

  /// A function that calls itself, however many others are between.
  func recursion() -> String? {
    var state: [Int: Bool] = [:]
    for start in edges.keys.sorted() where state[start] == nil {
      var stack: [(Int, [Int])] = [(start, Array(edges[start] ?? []))]
      state[start] = true
      while !stack.isEmpty {
        guard let next = stack[stack.count - 1].1.popLast() else {
          state[stack.removeLast().0] = false
          continue
        }
        if state[next] == true { return bodies[next].name }
        guard state[next] == nil else { continue }
        state[next] = true
        stack.append((next, Array(edges[next] ?? [])))
      }
    }
    return nil
  }
}
