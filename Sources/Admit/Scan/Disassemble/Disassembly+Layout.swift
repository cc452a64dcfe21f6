// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import MartletONNXSchema

extension Disassembly {
  /// The members as the directory and the local headers describe them, what contradicts itself, and the pickles inside.
  func zip(_ bytes: Bytes, depth: Int) {
    let archive: ZipArchive
    do { archive = try ZipArchive(bytes) } catch { return sink("; \(error)") }
    sink("  header      data      stored        size  method    crc32     flags  name")
    for entry in archive.entries {
      let method =
        [0: "stored", 8: "deflate", 12: "bzip2", 14: "lzma", 93: "zstd", 95: "xz"][Int(entry.method)]
        ?? "\(entry.method)"
      let crc = String(entry.crc32, radix: 16)
      sink(
        "\(Self.padded(entry.headerOffset, 8))  \(Self.padded(entry.dataOffset, 8))  \(Self.padded(entry.compressedSize, 10))  "
          + "\(Self.padded(entry.uncompressedSize, 10))  \(Self.filled(method, 8))  "
          + "\(String(repeating: "0", count: 8 - crc.count))\(crc)  \(Self.filled(String(entry.flags, radix: 16), 4))  \(entry.name)"
          + (entry.origin == .local ? "   ; as its local header says" : ""))
    }
    for disagreement in archive.disagreements { sink("; \(disagreement)") }
    guard depth < 4 else { return }
    for entry in archive.entries where !entry.isDirectory {
      guard entry.uncompressedSize <= Limits.disassembledMember, let data = try? archive.contents(of: entry),
        PickleProbe.looksLikePickle(data) || ZipArchive.looksLikeOne(data)
      else { continue }
      sink("")
      sink("; member \(entry.name)")
      write(all: data, depth: depth + 1)
    }
  }

  func array(_ bytes: Bytes, depth: Int) {
    do throws(NumpyError) {
      let array = try NumpyArray(bytes)
      sink("  shape \(array.shape), type \(array.descr)\(array.fortranOrder ? ", Fortran order" : "")")
      sink(
        "  \(bytes.count - array.data.count - array.trailing.count) bytes of header, \(array.data.count) of elements, \(array.trailing.count) behind them"
      )
      if let pickle = array.pickle { write(all: pickle, depth: depth + 1) }
    } catch {
      sink("; \(error)")
    }
  }

  func tensors(_ bytes: Bytes) {
    do throws(SafetensorsError) {
      let file = try Safetensors(bytes)
      sink("  header of \(file.header.count) bytes, data of \(file.data.count) bytes")
      for entry in file.metadata { sink("  metadata  \(entry.key) = \(entry.value.prefix(120))") }
      sink("      offset        bytes  type      shape  name")
      for tensor in file.tensors.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
        sink(
          "\(Self.padded(8 + file.header.count + tensor.range.lowerBound, 12)) \(Self.padded(tensor.range.count, 12))  "
            + "\(Self.filled(tensor.dtype, 8))  \(tensor.shape.map(String.init).joined(separator: "x"))  \(tensor.name)"
        )
      }
    } catch {
      sink("; \(error)")
    }
  }

  func graph(_ bytes: Bytes) {
    do {
      let model = try ONNXModel(bytes).proto
      sink("  IR version \(model.irVersion), made by \(model.producerName) \(model.producerVersion)")
      for set in model.opsetImport { sink("  operators of '\(set.domain)' version \(set.version)") }
      for function in model.functions {
        sink("  function \(function.domain)::\(function.name), \(function.node.count) nodes")
      }
      for input in model.graph.input { sink("  input   \(input.name)") }
      for output in model.graph.output { sink("  output  \(output.name)") }
      for tensor in model.graph.initializer {
        let place = tensor.externalData.first { $0.key == "location" }.map { "  in \($0.value)" } ?? ""
        sink(
          "  tensor  \(tensor.name)  type \(tensor.dataType)  \(tensor.dims.map(String.init).joined(separator: "x"))\(place)"
        )
      }
      for node in model.graph.node {
        let domain = node.domain.isEmpty ? "" : node.domain + "::"
        sink(
          "  \(Self.filled(domain + node.opType, 24))  \(node.input.joined(separator: ", ")) -> \(node.output.joined(separator: ", "))"
        )
      }
    } catch {
      sink("; \(error)")
    }
  }
}
