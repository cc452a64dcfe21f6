// swift-tools-version: 6.3
// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import PackageDescription

/// The rules every target is compiled under. Tests leave out strict memory safety, because the macros of
/// Swift Testing expand to code that trips it.
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

/// One module a room: the folder `Sources/<path>` is the module `Martlet<last folder>`.
/// `Scripts/check-arrows` holds the directions between the rooms against DESIGN's plan.
func room(
  _ path: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  resources: [Resource]? = nil
) -> Target {
  .target(
    name: "Martlet" + path.split(separator: "/").last!, dependencies: dependencies,
    path: "Sources/" + path, exclude: exclude, resources: resources,
    swiftSettings: rules + [.strictMemorySafety()])
}

/// A room of generated code, which the generator does not write with strict memory safety in mind.
func generated(_ path: String, _ dependencies: [Target.Dependency], from source: String) -> Target {
  .target(
    name: "Martlet" + path.split(separator: "/").last!, dependencies: dependencies,
    path: "Sources/" + path, exclude: [source], swiftSettings: rules)
}

/// The tests of a room, in the same place under `Tests/`.
func tests(
  _ path: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: "Martlet" + path.split(separator: "/").last! + "Tests", dependencies: dependencies,
    path: "Tests/" + path, resources: resources, swiftSettings: rules)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

let package = Package(
  name: "martlet",
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    // Base
    room("Base/Bytes"),
    generated("Base/ONNXSchema", [protobuf], from: "onnx.proto"),
    room("Base/Formats", ["MartletBytes", "MartletONNXSchema", protobuf]),
    tests("Base/Bytes", ["MartletBytes"]),
    // Assess
    .target(name: "CONNXRuntime", path: "Sources/Assess/CONNXRuntime"),
    room("Assess/Runtime", ["MartletBytes", "CONNXRuntime"]),
    tests("Assess/Runtime", ["MartletBytes", "MartletONNXSchema", "MartletRuntime", protobuf]),
    room("Assess/Robustness", ["MartletBytes", "MartletFormats", "MartletRuntime", "MartletAutodiff"]),
    tests(
      "Assess/Robustness",
      [
        "MartletRobustness", "MartletRuntime", "MartletAutodiff", "MartletBytes", "MartletFormats",
        "MartletONNXSchema", protobuf,
      ]),
    room("Assess/Autodiff", ["MartletFormats", "MartletONNXSchema", protobuf]),
  ],
  swiftLanguageModes: [.v6]
)
