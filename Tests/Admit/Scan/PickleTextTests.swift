// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

/// Text that begins like a pickle, and pickles that are nothing but text.
@Suite struct PickleTextTests {
  @Test(arguments: [
    "channels:\n- defaults\n- conda-forge\n", "cff-version: 1.2.0\nmessage: \"Cite it.\"\n",
    "computer human interface\ncomputer response survey system time user\n",
    "cuda/pathfinder/README.md,sha256=JPbUfq3xYFMGa1ZlnpHkKsGXjJi4Zr1nNU3SzWJIviw,123\ncuda/b.py,,\n",
    "cmake_minimum_required(VERSION 3.5)\nproject(x)\n", "commit 91d08b1\nAuthor: A <a@b.c>\n",
    "Git v2.25.4 Release Notes\n=====\n\nThis release merges a fix.\n",
    "(c) 2024 Someone\nAll rights reserved.\n",
    "Copyright (c) 2005, Somebody and quite a few others, so that a count of bytes takes in all of this line of it.\nco\n",
  ]) func ordinaryTextIsNoPickle(_ text: String) {
    #expect(Bytes(utf8: text).rules == [])
    #expect(Bytes(utf8: text).verdict == .safe)
  }

  @Test(arguments: [
    "cos\nsystem\n", "cos\nsystem\n(S'id'\ntR.", "(S'id'\nios\nsystem\n.", "(cos\nsystem\nS'id'\no.",
    "I1\n.cos\nsystem\n(S'id'\ntR.", "I1\n.\n\n cos\nsystem\n(S'id'\ntR.",
    "c__builtin__\neval\n(S'1'\ntR.", "csubprocess\nPopen\n(S'id'\ntR",
    "cos\nsystem\n(S'id'\ntRc not a name\nx y\n.",
    "c\u{43E}s\nsystem\n(S'id'\ntR.", "co\u{200B}s\nsystem\n(S'id'\ntR.",
    "c\u{FF4F}\u{FF53}\nsystem\n(S'id'\ntR.",
  ]) func aPickleOfTextIsUnsafe(_ text: String) {
    #expect(Bytes(utf8: text).verdict == .unsafe)
  }

  /// A file `evil module.py` can be imported, whatever its name.
  @Test(arguments: [
    "cevil module\nrun\n(S'id'\ntR.", "cevil-module\nrun\n(tR.", "(S'id'\nievil module\nrun\n.",
  ])
  func aCallOfAnOddNameIsStillAPickle(_ text: String) {
    #expect(Bytes(utf8: text).verdict != .safe)
  }
}
