// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A zip archive that a Java or an Android machine runs. Its classes are judged one by one as well; one without any
/// still says what to start.
struct JavaArchiveProfile: ArchiveProfile {
  let name = "jar"

  func fits(_ archive: any MemberArchive) -> Bool {
    archive.names.contains {
      $0 == "META-INF/MANIFEST.MF" || $0 == "AndroidManifest.xml" || $0 == "classes.dex"
    }
  }

  func scan(_ archive: any MemberArchive, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    scan.note("program", "expected a model, found a Java or Android program", construct: name, place)
  }
}
