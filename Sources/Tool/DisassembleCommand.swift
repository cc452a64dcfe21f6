// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import MartletBytes
import MartletScan

struct DisassembleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disassemble",
    abstract: "Write out what is in a file: opcodes, members, tensors. Nothing is executed.",
    discussion: """
      A pickle with every opcode and, to the right, what it imports and calls; an archive with the place of every member and \
      what contradicts itself; the tensors of a safetensors, ONNX or numpy file; of anything else the first bytes.

      EXAMPLES
        martlet disassemble model.pkl
        martlet disassemble model.pt --member archive/data.pkl
      """)

  @Argument(help: ArgumentHelp("A file, or - for standard input.", valueName: "file"), completion: .file())
  var path: String

  @Option(help: ArgumentHelp("A member of an archive; ! goes into archives inside of it.", valueName: "name"))
  var member: String?

  func run() throws {
    let bytes = path == "-" ? try StandardInput.read() : try Bytes(contentsOf: path)
    try Disassembly(to: { Terminal.say($0) }).write(bytes, member: member)
  }
}
