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

/// A room of the package above, compiled again in this package: what a room shows other rooms has `package` access, so it is
/// seen only from the same package. `Sources/Rooms` is a link to the rooms.
func room(_ path: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: "Martlet" + path.split(separator: "/").last!, dependencies: dependencies,
    path: "Sources/Rooms/" + path, swiftSettings: rules)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")

let package = Package(
  name: "benchmarks",
  dependencies: [
    // ChaChaKey uses a module that is no public part of it.
    .package(url: "https://github.com/apple/swift-crypto", .upToNextMinor(from: "4.5.2")),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: [
    room("Base/Bytes"),
    .target(name: "CSHA256", path: "Sources/Rooms/Base/CSHA256"),
    room("Base/Evidence", ["MartletBytes", "CSHA256", crypto]),
    room("Release/Access", ["MartletBytes", "MartletEvidence", crypto, cryptoExtras, jwtKit]),
    room("Base/Files"),
    room("Base/Merkle", [crypto]),
    room("Record/Log", ["MartletBytes", "MartletFiles", "MartletMerkle", crypto]),
    .target(
      name: "MartletONNXSchema", dependencies: [protobuf], path: "Sources/Rooms/Base/ONNXSchema",
      exclude: ["onnx.proto"], swiftSettings: rules),
    .systemLibrary(name: "CZlib", path: "Sources/Rooms/Base/CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CLZMA", path: "Sources/Rooms/Base/CLZMA", pkgConfig: "liblzma"),
    .systemLibrary(name: "CBzip2", path: "Sources/Rooms/Base/CBzip2"),
    .systemLibrary(name: "CZstd", path: "Sources/Rooms/Base/CZstd", pkgConfig: "libzstd"),
    .systemLibrary(name: "CLZ4", path: "Sources/Rooms/Base/CLZ4", pkgConfig: "liblz4"),
    room(
      "Base/Formats",
      ["MartletBytes", "MartletONNXSchema", "CBzip2", "CLZ4", "CLZMA", "CZlib", "CZstd", protobuf]),
    room("Serve/Guard", ["MartletAccess", "MartletBytes", "MartletFiles", "MartletFormats", crypto]),
    .target(name: "CONNXRuntime", path: "Sources/Rooms/Assess/CONNXRuntime"),
    room("Assess/Runtime", ["MartletBytes", "CONNXRuntime"]),
    room("Assess/Autodiff", ["MartletFormats", "MartletONNXSchema", protobuf]),
    room(
      "Assess/Training",
      ["MartletAutodiff", "MartletFormats", "MartletONNXSchema", "MartletRuntime", protobuf]),
    room("Assess/Learners", ["MartletTraining"]),
    room("Assess/Report", ["MartletBytes", "MartletFormats"]),
    room(
      "Assess/Backdoor",
      [
        "MartletAutodiff", "MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats",
        "MartletLearners", "MartletONNXSchema", "MartletReport", "MartletRuntime", "MartletTraining",
        protobuf,
      ]),
    .executableTarget(
      name: "backdoor-benchmark",
      dependencies: [
        "MartletBackdoor", "MartletBytes", "MartletFormats", "MartletONNXSchema", "MartletRuntime",
        "MartletTraining", protobuf,
      ], path: "Sources/BackdoorBenchmark", swiftSettings: rules),
    .executableTarget(
      name: "guard-benchmark", dependencies: ["MartletAccess", "MartletGuard"],
      path: "Sources/GuardBenchmark",
      swiftSettings: rules),
    room(
      "Seal/Encrypt",
      ["MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats", crypto, cryptoExtras]),
    .executableTarget(
      name: "seal-benchmark", dependencies: ["MartletBytes", "MartletEncrypt"], path: "Sources/SealBenchmark",
      swiftSettings: rules),
    .executableTarget(
      name: "log-benchmark", dependencies: ["MartletFiles", "MartletLog", "MartletMerkle"],
      path: "Sources/LogBenchmark", swiftSettings: rules),
    .executableTarget(
      name: "access-benchmark", dependencies: ["MartletAccess"], path: "Sources/AccessBenchmark",
      swiftSettings: rules),
  ],
  swiftLanguageModes: [.v6]
)
