// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

/// Programs are no models, wherever they lie and whatever stands in front of them.
@Suite struct ProgramTests {
  static func pad(_ head: [UInt8], _ count: Int = 256) -> [UInt8] {
    head + [UInt8](repeating: 0, count: count - head.count)
  }

  static let elf = pad([
    0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3E, 0, 1, 0, 0, 0,
  ])
  static let pe: [UInt8] = {
    var bytes = pad([0x4D, 0x5A, 0x90, 0])
    bytes[60] = 0x80
    bytes.replaceSubrange(0x80..<0x84, with: [0x50, 0x45, 0, 0])
    return bytes
  }()

  static let programs: [(String, [UInt8])] = [
    ("ELF", elf), ("PE", pe),
    ("Mach-O", pad([0xCF, 0xFA, 0xED, 0xFE, 7, 0, 0, 1, 3, 0, 0, 0, 2, 0, 0, 0])),
    ("Mach-O of another byte order", pad([0xFE, 0xED, 0xFA, 0xCE, 0, 0, 0, 18, 0, 0, 0, 0, 0, 0, 0, 2])),
    ("fat Mach-O", pad([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2, 1, 0, 0, 7, 0, 0, 0, 3])),
    ("WebAssembly", pad([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], 16)),
    ("Java", pad([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 0x34])),
    ("Android", pad(Array("dex\n035\0".utf8))),
    (
      "bytecode of Python 3.11",
      pad([0xA7, 0x0D, 0x0D, 0x0A, 0, 0, 0, 0, 1, 2, 3, 4, 5, 0, 0, 0, 0xE3, 0, 0, 0, 0])
    ),
    ("bytecode of Python 2.7", pad([0x03, 0xF3, 0x0D, 0x0A, 1, 2, 3, 4, 0x63, 0, 0, 0, 0])),
    ("LLVM", pad([0x42, 0x43, 0xC0, 0xDE])),
    ("Lua", pad([0x1B, 0x4C, 0x75, 0x61, 0x54])),
    ("PAIT-LMAFL-300", pad(Array("MZqFpD='\n".utf8))),
    ("static library", pad(Array("!<arch>\n".utf8))),
  ]

  @Test(arguments: programs) func aProgramIsUnsafe(_ name: String, _ bytes: [UInt8]) {
    #expect(Bytes(bytes).verdict == .unsafe, "\(name)")
    #expect(Bytes(bytes).rules.contains("MRT-EXE-001"))
    // In an archive and behind a picture as well.
    #expect(ZipBuilder.make([.init("lib.bin", Bytes(bytes))]).verdict == .unsafe, "\(name)")
    let picture: [UInt8] = [
      0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60,
      0x82,
    ]
    #expect(Bytes(picture + bytes).verdict == .unsafe, "\(name)")
  }

  @Test(arguments: [
    "#!/bin/sh\nrm x\n", "#!/usr/bin/env python3\nx\n", "@echo off\r\ndel x\r\n", "<?php x(); ?>",
  ])
  func aScriptIsUnknown(_ text: String) {
    #expect(Bytes(utf8: text).verdict == .unknown)
    #expect(Bytes(utf8: text).rules.contains("MRT-EXE-002"))
  }

  @Test func aJavaArchiveIsAProgram() {
    #expect(
      ZipBuilder.make([.init("META-INF/MANIFEST.MF", Bytes(utf8: "Main-Class: X\n"))]).verdict == .unsafe)
  }

  @Test func numbersThatBeginLikeOneAreNone() {
    #expect(Bytes([0x4D, 0x5A] + [UInt8](repeating: 7, count: 100)).rules == ["MRT-FIL-001"])
    #expect(Bytes(utf8: "MZ is a letter pair\n").verdict == .safe)
    #expect(Bytes(utf8: "#! is called a shebang\n").rules.contains("MRT-EXE-002") == false)
  }
}

@Suite struct MediaTests {
  static let active: [(String, String)] = [
    ("SVG with a script", "<svg xmlns='x'><script>alert(1)</script></svg>"),
    ("SVG with a handler", "<?xml version='1.0'?><svg onload='x()'></svg>"),
    ("SVG with capitals", "<svg><SCRIPT>x</SCRIPT></svg>"),
    ("HTML with an address", "<!doctype html><html><body><a href='javascript:x'>y</a></body></html>"),
    ("HTML that moves on", "<html><meta http-equiv='refresh' content='0;url=x'></html>"),
    ("rich text with an object", "{\\rtf1{\\object\\objdata 0105}}"),
    ("PDF with a script", "%PDF-1.4\n1 0 obj<</S/JavaScript/JS(x)>>endobj\n%%EOF\n"),
    ("PDF with a hidden name", "%PDF-1.4\n1 0 obj<</S/J#61vaScript>>endobj\n%%EOF\n"),
    ("PDF that starts a program", "%PDF-1.4\n1 0 obj<</S/Launch>>endobj\n%%EOF\n"),
  ]

  @Test(arguments: active) func anActiveDocumentIsUnknown(_ name: String, _ text: String) {
    #expect(Bytes(utf8: text).verdict == .unknown, "\(name)")
    #expect(Bytes(utf8: text).rules.contains("MRT-MED-001"), "\(name)")
  }

  @Test func aDrawingThatReadsAFileIsUnsafe() {
    let drawing = "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>"
    #expect(Bytes(utf8: drawing).verdict == .unsafe)
  }

  @Test func plainDocumentsAreSafe() {
    #expect(Bytes(utf8: "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>").verdict == .safe)
    #expect(Bytes(utf8: "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n").verdict == .safe)
  }

  @Test func pyarrowsPickledTypeIsUnsafe() {
    // CVE-2023-47248, as it stands in Arrow files and, in base64, in Parquet.
    for name in ["arrow.py_extension_type", "YXJyb3cucHlfZXh0ZW5zaW9uX3R5cGU="] {
      let bytes = Array("PAR1".utf8) + Array(name.utf8) + [4, 0, 0, 0] + Array("PAR1".utf8)
      #expect(Bytes(bytes).verdict == .unsafe)
      #expect(Bytes(bytes).rules == ["MRT-MED-002"])
    }
  }

  @Test func whatFollowsAPictureIsLookedAt() {
    let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 1, 2, 0xFF, 0xD9]
    #expect(Bytes(jpeg).verdict == .safe)
    #expect(Bytes(jpeg + [1, 2, 0xFF, 0xD9]).rules == ["MRT-FIL-008"])
    #expect(Bytes(jpeg + ProgramTests.elf + [0xFF, 0xD9]).verdict == .unsafe)
    #expect(Bytes(jpeg + ContainerTests.payload.array() + [0xFF, 0xD9]).verdict == .unsafe)
  }
}
