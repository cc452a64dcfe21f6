// swift-tools-version: 6.3
// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import PackageDescription

/// The rules of the rooms, as in the package above.
let rules: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
]

/// A room of the package above, compiled again in this package and under its sanitizers: what a room shows other rooms has
/// `package` access, so it is seen only from the same package. `Sources/Rooms` is a link to the rooms.
func room(_ path: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(
    name: "Martlet" + path.split(separator: "/").last!, dependencies: dependencies,
    path: "Sources/Rooms/" + path, exclude: exclude, swiftSettings: rules)
}

func library(_ name: String, pkgConfig: String? = nil) -> Target {
  .systemLibrary(name: name, path: "Sources/Rooms/Base/" + name, pkgConfig: pkgConfig)
}

let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let certificates = Target.Dependency.product(name: "X509", package: "swift-certificates")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "fuzz",
  dependencies: [
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    // ChaChaKey uses a module that is no public part of it.
    .package(url: "https://github.com/apple/swift-crypto", .upToNextMinor(from: "4.5.2")),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: [
    room("Base/Bytes"),
    room("Base/Files"),
    room("Base/ONNXSchema", [protobuf], exclude: ["onnx.proto"]),
    library("CZlib", pkgConfig: "zlib"),
    library("CLZMA", pkgConfig: "liblzma"),
    library("CBzip2"),
    library("CZstd", pkgConfig: "libzstd"),
    library("CLZ4", pkgConfig: "liblz4"),
    room(
      "Base/Formats",
      ["MartletBytes", "MartletONNXSchema", "CBzip2", "CLZ4", "CLZMA", "CZlib", "CZstd", protobuf]),
    .target(name: "CSHA256", path: "Sources/Rooms/Base/CSHA256"),
    room("Base/Evidence", ["MartletBytes", "CSHA256", crypto]),
    room(
      "Admit/Scan",
      ["MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats", "MartletONNXSchema", protobuf]),
    room(
      "Admit/Verify",
      [
        "MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats", asn1, certificates, crypto,
      ]),
    room("Seal/Sign", ["MartletEvidence", "MartletFiles", asn1, certificates, crypto, cryptoExtras]),
    room(
      "Seal/Encrypt",
      ["MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats", crypto, cryptoExtras]),
    room("Base/Merkle", [crypto]),
    .target(name: "CONNXRuntime", path: "Sources/Rooms/Assess/CONNXRuntime"),
    room("Assess/Runtime", ["MartletBytes", "CONNXRuntime"]),
    room("Assess/Report", ["MartletBytes", "MartletFormats"]),
    room("Assess/Tables", ["MartletBytes", "MartletFormats", yams]),
    room(
      "Assess/Datasets",
      [
        "MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats", "MartletMerkle", "MartletReport",
        crypto,
      ]),
    room("Serve/Inference", ["MartletFormats", "MartletRuntime"]),
    room("Serve/Guard", ["MartletAccess", "MartletBytes", "MartletFiles", "MartletFormats", crypto]),
    room("Record/Log", ["MartletBytes", "MartletFiles", "MartletMerkle", crypto]),
    room("Release/Access", ["MartletBytes", "MartletEvidence", crypto, cryptoExtras, jwtKit]),
    room("Release/Gate", ["MartletBytes", "MartletEvidence", "MartletFormats", yams]),
    // Only what reads a bundle of evidence: the rest needs a database and ONNX Runtime.
    .target(
      name: "MartletLifecycle",
      dependencies: [
        "MartletBytes", "MartletEvidence", "MartletFormats", "MartletGate", "MartletLog", "MartletMerkle",
      ],
      path: "Sources/Rooms/Lifecycle",
      sources: [
        "Evidence/BundleError.swift", "Evidence/EvidenceBundle.swift", "Evidence/EvidenceBundle+Parse.swift",
        "Evidence/EvidenceBundle+Verify.swift", "Store/Record.swift",
      ], swiftSettings: rules),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "MartletAccess", "MartletBytes", "MartletDatasets", "MartletEncrypt", "MartletEvidence",
        "MartletFormats", "MartletGate", "MartletGuard", "MartletInference", "MartletLifecycle", "MartletLog",
        "MartletMerkle",
        "MartletScan", "MartletSign", "MartletTables", "MartletVerify",
      ],
      path: "Sources/Fuzz", swiftSettings: rules),
  ],
  swiftLanguageModes: [.v6]
)
