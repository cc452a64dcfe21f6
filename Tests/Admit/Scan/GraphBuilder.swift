// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Builds protocol buffers, and with them graphs of TensorFlow, byte by byte.
struct Proto {
  private(set) var bytes: [UInt8] = []

  static func varint(_ value: UInt64) -> [UInt8] {
    var value = value
    var out: [UInt8] = []
    while value >= 0x80 {
      out.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    return out + [UInt8(value)]
  }

  init(_ build: (inout Proto) -> Void = { _ in }) { build(&self) }

  mutating func put(_ field: Int, _ contents: [UInt8]) {
    bytes += Self.varint(UInt64(field) << 3 | 2) + Self.varint(UInt64(contents.count)) + contents
  }

  mutating func put(_ field: Int, _ text: String) { put(field, Array(text.utf8)) }
  mutating func put(_ field: Int, _ message: Proto) { put(field, message.bytes) }
  mutating func put(_ field: Int, number: UInt64) {
    bytes += Self.varint(UInt64(field) << 3) + Self.varint(number)
  }
}

/// Graphs in which one thing is not plain.
enum GraphBuilder {
  static func attribute(_ name: String, _ value: Proto) -> Proto {
    Proto {
      $0.put(1, name)
      $0.put(2, value)
    }
  }

  static func node(
    _ op: String, _ name: String? = nil, _ inputs: [String] = [], _ attributes: [(String, Proto)] = []
  ) -> Proto {
    Proto {
      $0.put(1, name ?? op)
      $0.put(2, op)
      for input in inputs { $0.put(3, input) }
      for (key, value) in attributes { $0.put(5, attribute(key, value)) }
    }
  }

  static func text(_ text: String) -> Proto { Proto { $0.put(2, text) } }
  static func function(_ name: String) -> Proto { Proto { $0.put(10, Proto { $0.put(1, name) }) } }

  static func tensor(_ type: UInt64, _ dims: [Int64] = [], _ more: (inout Proto) -> Void) -> Proto {
    Proto { value in
      value.put(
        8,
        Proto {
          $0.put(1, number: type)
          $0.put(
            2,
            Proto { shape in
              for size in dims { shape.put(2, Proto { $0.put(1, number: UInt64(bitPattern: size)) }) }
            })
          more(&$0)
        })
    }
  }

  static func constant(_ name: String, _ value: [UInt8]) -> Proto {
    node("Const", name, [], [("value", tensor(7) { $0.put(8, value) })])
  }

  static func constant(_ name: String, _ value: String) -> Proto { constant(name, Array(value.utf8)) }

  /// `FunctionDef` with arguments and a body.
  static func body(_ name: String, _ arguments: [String] = [], _ nodes: [Proto]) -> Proto {
    Proto { function in
      function.put(
        1,
        Proto { signature in
          signature.put(1, name)
          for argument in arguments { signature.put(2, Proto { $0.put(1, argument) }) }
        })
      for node in nodes { function.put(3, node) }
    }
  }

  static func graph(_ nodes: [Proto], functions: [Proto] = []) -> Proto {
    Proto { graph in
      for node in nodes { graph.put(1, node) }
      if !functions.isEmpty {
        graph.put(2, Proto { library in for function in functions { library.put(1, function) } })
      }
      graph.put(4, Proto { $0.put(1, number: 1882) })
    }
  }

  static func metaGraph(_ graph: Proto, _ more: (inout Proto) -> Void = { _ in }) -> Proto {
    Proto {
      $0.put(
        1,
        Proto {
          $0.put(4, "serve")
          $0.put(5, "2.21.0")
        })
      $0.put(2, graph)
      more(&$0)
    }
  }

  static func saved(_ nodes: [Proto], functions: [Proto] = [], _ more: (inout Proto) -> Void = { _ in })
    -> Bytes
  {
    let meta = metaGraph(graph(nodes, functions: functions), more)
    return Bytes(
      Proto {
        $0.put(1, number: 1)
        $0.put(2, meta)
      }.bytes)
  }

  static func saver(_ name: String) -> (inout Proto) -> Void {
    { $0.put(3, Proto { $0.put(1, name) }) }
  }

  static func asset(_ tensor: String, _ file: String) -> (inout Proto) -> Void {
    {
      $0.put(
        6,
        Proto {
          $0.put(1, Proto { $0.put(1, tensor) })
          $0.put(2, file)
        })
    }
  }

  /// An object of Keras with its configuration.
  static func keras(_ metadata: String) -> (inout Proto) -> Void {
    {
      $0.put(
        7,
        Proto {
          $0.put(
            1,
            Proto {
              $0.put(
                4,
                Proto {
                  $0.put(1, "_tf_keras_layer")
                  $0.put(3, metadata)
                })
            })
        })
    }
  }
}

/// A FlatBuffer, laid out from front to back.
indirect enum Flat {
  case number(UInt64, Int)
  case table([Int: Flat])
  case vector([Flat])
  case numbers([Int32])
  case bytes([UInt8])
  case text(String)

  static func u8(_ value: UInt8) -> Flat { .number(UInt64(value), 1) }
  static func u32(_ value: UInt32) -> Flat { .number(UInt64(value), 4) }
  static func u64(_ value: UInt64) -> Flat { .number(value, 8) }

  static func file(_ root: Flat, identifier: String) -> Bytes {
    var out: [UInt8] = [0, 0, 0, 0] + Array(identifier.utf8)
    patch(&out, 0, root.write(&out))
    return Bytes(out + [0, 0, 0, 0])
  }

  private static func little(_ value: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
  }

  private static func patch(_ out: inout [UInt8], _ at: Int, _ target: Int) {
    for (index, byte) in little(UInt64(target - at), 4).enumerated() { out[at + index] = byte }
  }

  private func write(_ out: inout [UInt8]) -> Int {
    while out.count % 8 != 0 { out.append(0) }
    switch self {
    case .number: return out.count
    case .table(let fields):
      let slots = (fields.keys.max() ?? -1) + 1
      var places: [Int: Int] = [:]
      var size = 4
      for slot in fields.keys.sorted() {
        var width = 4
        if case .number(_, let own) = fields[slot]! { width = own }
        places[slot] = size
        size += width
      }
      let header = out.count
      out += Self.little(UInt64(4 + 2 * slots), 2) + Self.little(UInt64(size), 2)
      for slot in 0..<slots { out += Self.little(UInt64(places[slot] ?? 0), 2) }
      let start = out.count
      out += Self.little(UInt64(start - header), 4) + [UInt8](repeating: 0, count: size - 4)
      for (slot, place) in places {
        if case .number(let value, let width) = fields[slot]! {
          for (index, byte) in Self.little(value, width).enumerated() { out[start + place + index] = byte }
        } else {
          Self.patch(&out, start + place, fields[slot]!.write(&out))
        }
      }
      return start
    case .vector(let items):
      let start = out.count
      out += Self.little(UInt64(items.count), 4) + [UInt8](repeating: 0, count: 4 * items.count)
      for (index, item) in items.enumerated() { Self.patch(&out, start + 4 + 4 * index, item.write(&out)) }
      return start
    case .numbers(let items):
      let start = out.count
      out +=
        Self.little(UInt64(items.count), 4) + items.flatMap { Self.little(UInt64(UInt32(bitPattern: $0)), 4) }
      return start
    case .bytes(let bytes):
      let start = out.count
      out += Self.little(UInt64(bytes.count), 4) + bytes
      return start
    case .text(let text):
      let start = out.count
      out += Self.little(UInt64(text.utf8.count), 4) + Array(text.utf8) + [0]
      return start
    }
  }
}
