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
  _ path: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .target(
    name: "Martlet" + path.split(separator: "/").last!, dependencies: dependencies,
    path: "Sources/" + path, exclude: exclude,
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
  _ path: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: "Martlet" + path.split(separator: "/").last! + "Tests", dependencies: dependencies,
    path: "Tests/" + path, exclude: exclude, resources: resources, swiftSettings: rules)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let certificates = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "martlet",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    // ChaChaKey uses a module that is no public part of it.
    .package(url: "https://github.com/apple/swift-crypto", .upToNextMinor(from: "4.5.2")),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: [
    // Base
    room("Base/Bytes"),
    room("Base/Files"),
    generated("Base/ONNXSchema", [protobuf], from: "onnx.proto"),
    .systemLibrary(
      name: "CZlib", path: "Sources/Base/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CLZMA", path: "Sources/Base/CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
    .systemLibrary(name: "CBzip2", path: "Sources/Base/CBzip2", providers: [.apt(["libbz2-dev"])]),
    .systemLibrary(
      name: "CZstd", path: "Sources/Base/CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(
      name: "CLZ4", path: "Sources/Base/CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    room(
      "Base/Formats",
      ["MartletBytes", "MartletONNXSchema", "CBzip2", "CLZ4", "CLZMA", "CZlib", "CZstd", protobuf]),
    .target(name: "CSHA256", path: "Sources/Base/CSHA256"),
    room("Base/Evidence", ["MartletBytes", "CSHA256", crypto]),
    room("Base/Merkle", [crypto]),
    tests("Base/Bytes", ["MartletBytes"]),
    tests("Base/Files", ["MartletFiles"]),
    tests("Base/Formats", ["MartletFormats", "MartletBytes"]),
    tests("Base/Merkle", ["MartletMerkle"]),
    tests("Base/Evidence", ["MartletBytes", "MartletEvidence", crypto]),

    // Admit
    room(
      "Admit/Verify",
      [
        "MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats", asn1, certificates, crypto,
      ]),
    room(
      "Admit/Scan",
      ["MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats", "MartletONNXSchema", protobuf]),
    room(
      "Admit/Materials", ["MartletBytes", "MartletEvidence", "MartletFormats", "MartletScan"]),
    room(
      "Admit/Findings", ["MartletBytes", "MartletEvidence", "MartletFiles", "MartletScan", yams]),
    room(
      "Admit/Remote",
      [
        "MartletBytes", "MartletFormats", "MartletScan", asyncHTTPClient, crypto, nioCore, nioHTTP1, nioSSL,
      ]),
    tests(
      "Admit/Remote",
      [
        "MartletBytes", "MartletEvidence", "MartletFormats", "MartletRemote", "MartletScan", asn1,
        certificates,
        crypto, nioCore, nioHTTP1, nioPosix, nioSSL,
      ]),
    tests(
      "Admit/Findings", ["MartletBytes", "MartletEvidence", "MartletFindings", "MartletScan"]),
    tests(
      "Admit/Materials",
      ["MartletBytes", "MartletEvidence", "MartletFormats", "MartletMaterials", "MartletScan"],
      exclude: ["Licences"]),
    tests(
      "Admit/Verify",
      [
        "MartletBytes", "MartletEvidence", "MartletFormats", "MartletSign", "MartletVerify", asn1,
        certificates, crypto,
      ], exclude: ["Conformance", "Vectors"]),
    tests(
      "Admit/Scan",
      [
        "MartletBytes", "MartletEvidence", "MartletFormats", "MartletONNXSchema", "MartletScan", "CBzip2",
        "CLZ4", "CLZMA", "CZlib", "CZstd", protobuf,
      ],
      resources: [.copy("Fixtures"), .copy("Reality")]),

    // Seal
    room(
      "Seal/Encrypt",
      ["MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats", crypto, cryptoExtras]),
    tests(
      "Seal/Encrypt", ["MartletBytes", "MartletEncrypt", "MartletEvidence", "MartletFiles", crypto],
      resources: [.copy("Vectors")]),

    room("Seal/Sign", ["MartletEvidence", "MartletFiles", asn1, certificates, crypto, cryptoExtras]),
    tests("Seal/Sign", ["MartletEvidence", "MartletFiles", "MartletSign"]),

    // Assess
    .target(name: "CONNXRuntime", path: "Sources/Assess/CONNXRuntime"),
    room("Assess/Runtime", ["MartletBytes", "CONNXRuntime"]),
    room("Assess/Autodiff", ["MartletFormats", "MartletONNXSchema", protobuf]),
    room(
      "Assess/Datasets",
      [
        "MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats", "MartletMerkle", "MartletReport",
        crypto,
      ]),
    room("Assess/Learners", ["MartletTraining"]),
    room(
      "Assess/Integrity",
      [
        "MartletBytes", "MartletDatasets", "MartletFiles", "MartletFormats", "MartletLearners",
        "MartletONNXSchema", "MartletReport", "MartletRuntime", "MartletTraining", protobuf,
      ]),
    room(
      "Assess/Backdoor",
      [
        "MartletAutodiff", "MartletBytes", "MartletEvidence", "MartletFiles", "MartletFormats",
        "MartletLearners", "MartletONNXSchema", "MartletReport", "MartletRuntime", "MartletTraining",
        protobuf,
      ]),
    room("Assess/Report", ["MartletBytes", "MartletFormats"]),
    room("Assess/Tables", ["MartletBytes", "MartletFormats", yams]),
    room("Assess/Accounting"),
    room(
      "Assess/Robustness",
      [
        "MartletAutodiff", "MartletBytes", "MartletFormats", "MartletReport", "MartletRuntime",
        "MartletTables",
      ]),
    room(
      "Assess/Training",
      ["MartletAutodiff", "MartletFormats", "MartletONNXSchema", "MartletRuntime", protobuf]),
    room(
      "Assess/Privacy",
      [
        "MartletAutodiff", "MartletBytes", "MartletFiles", "MartletFormats", "MartletLearners",
        "MartletONNXSchema", "MartletReport", "MartletRuntime", "MartletTraining", protobuf,
      ]),
    room(
      "Assess/Theft",
      [
        "MartletAutodiff", "MartletBytes", "MartletFormats", "MartletONNXSchema", "MartletReport",
        "MartletRuntime", "MartletTraining", protobuf,
      ]),
    tests(
      "Assess/Theft",
      [
        "MartletAutodiff", "MartletBytes", "MartletFormats", "MartletONNXSchema", "MartletReport",
        "MartletRuntime", "MartletTheft", "MartletTraining", protobuf,
      ]),
    tests("Assess/Runtime", ["MartletBytes", "MartletONNXSchema", "MartletRuntime", protobuf]),
    tests(
      "Assess/Autodiff",
      ["MartletAutodiff", "MartletBytes", "MartletFormats", "MartletONNXSchema", "MartletRuntime", protobuf]),
    tests(
      "Assess/Datasets",
      [
        "MartletBytes", "MartletDatasets", "MartletEvidence", "MartletFiles", "MartletFormats",
        "MartletMerkle",
        "MartletReport", "CZlib",
      ]),
    tests(
      "Assess/Integrity",
      [
        "MartletBytes", "MartletDatasets", "MartletFormats", "MartletIntegrity", "MartletLearners",
        "MartletReport",
        "MartletTraining",
      ]),
    tests(
      "Assess/Backdoor",
      [
        "MartletBackdoor", "MartletBytes", "MartletFormats", "MartletONNXSchema", "MartletReport",
        "MartletRuntime", protobuf,
      ], exclude: ["Fixtures"]),
    tests("Assess/Report", ["MartletBytes", "MartletFormats", "MartletReport"]),
    tests("Assess/Tables", ["MartletBytes", "MartletFormats", "MartletTables"]),
    tests("Assess/Accounting", ["MartletAccounting"]),
    tests(
      "Assess/Robustness",
      [
        "MartletAutodiff", "MartletBytes", "MartletFormats", "MartletONNXSchema", "MartletReport",
        "MartletRobustness", "MartletRuntime", "MartletTables", protobuf,
      ]),
    tests(
      "Assess/Training",
      [
        "MartletAutodiff", "MartletBytes", "MartletFormats", "MartletONNXSchema", "MartletRuntime",
        "MartletTraining", protobuf,
      ]),

    tests(
      "Assess/Privacy",
      [
        "MartletBytes", "MartletFormats", "MartletLearners", "MartletONNXSchema", "MartletPrivacy",
        "MartletReport", "MartletRuntime", "MartletTraining", protobuf,
      ]),

    // Release
    room("Release/Access", ["MartletBytes", "MartletEvidence", crypto, cryptoExtras, jwtKit]),
    room("Release/Registry", ["MartletEvidence", "MartletAccess", grdb]),
    room("Release/Gate", ["MartletBytes", "MartletEvidence", "MartletFormats", yams]),
    tests("Release/Access", ["MartletAccess", "MartletEvidence", crypto, cryptoExtras]),
    tests("Release/Registry", ["MartletAccess", "MartletEvidence", "MartletRegistry", grdb]),
    tests("Release/Gate", ["MartletEvidence", "MartletGate", yams]),

    // Serve
    room(
      "Serve/Console",
      [
        "MartletAccess", "MartletBytes", "MartletEvidence", "MartletFormats", "MartletGate",
        "MartletLifecycle", "MartletLog", "MartletRegistry", "MartletReport", "MartletScan", crypto,
        httpTypes,
        hummingbird, hummingbirdCore, logging, mustache, nioCore, nioPosix,
      ]),
    room("Serve/Inference", ["MartletFormats", "MartletRuntime"]),
    room("Serve/Guard", ["MartletAccess", "MartletBytes", "MartletFiles", "MartletFormats", crypto]),
    room("Serve/Guarding", ["MartletFiles", "MartletGuard", "MartletLifecycle", "MartletRegistry"]),
    room("Serve/Interface"),
    room(
      "Serve/Client",
      [
        "MartletAccess", "MartletBytes", "MartletEvidence", "MartletFiles", "MartletGate", "MartletGuarding",
        "MartletLifecycle", "MartletRegistry", "MartletVerify", asyncHTTPClient, crypto, nioCore, nioHTTP1,
        nioSSL,
      ]),
    room(
      "Serve/Server",
      [
        "MartletAccess", "MartletBytes", "MartletConsole", "MartletEncrypt", "MartletEvidence",
        "MartletFiles", "MartletFormats", "MartletGate", "MartletGuard", "MartletGuarding",
        "MartletInference",
        "MartletInterface", "MartletLifecycle", "MartletLog", "MartletRegistry", "MartletRuntime", asn1,
        asyncHTTPClient, certificates, crypto, httpTypes, hummingbird, hummingbirdCore, hummingbirdHTTP2,
        logging, nioCore, nioHTTP1, nioHTTPTypes, nioPosix, nioSSL, nioTLS, serviceLifecycle,
        unixSignals, yams,
      ]),
    room(
      "Serve/Witness",
      ["MartletLog", asyncHTTPClient, hummingbird, hummingbirdTLS, logging, nioCore, nioHTTP1, nioSSL]),
    tests(
      "Serve/Console",
      [
        "MartletAccess", "MartletConsole", "MartletEvidence", "MartletGate", "MartletLifecycle", "MartletLog",
        "MartletRegistry", "MartletServer", asyncHTTPClient, crypto, httpTypes, hummingbird,
        hummingbirdTesting,
        jwtKit, logging, nioCore, nioHTTP1, nioSSL, serviceLifecycle,
      ]),
    tests(
      "Serve/Guard",
      [
        "MartletAccess", "MartletBytes", "MartletFiles", "MartletFormats", "MartletGuard",
        "MartletONNXSchema", crypto,
        protobuf,
      ]),
    tests("Serve/Inference", ["MartletBytes", "MartletFormats", "MartletInference", "MartletRuntime"]),
    tests(
      "Serve/Server",
      [
        "MartletAccess", "MartletBytes", "MartletConsole", "MartletEvidence", "MartletFormats", "MartletGate",
        "MartletGuard", "MartletGuarding", "MartletLifecycle",
        "MartletONNXSchema", "MartletRegistry", "MartletRuntime", "MartletServer", "MartletTheft", asn1,
        asyncHTTPClient, certificates, crypto,
        logging, nioCore, nioHTTP1, nioPosix, nioSSL, protobuf, serviceLifecycle,
      ]),

    // Record
    room("Record/Log", ["MartletBytes", "MartletFiles", "MartletMerkle", crypto]),
    tests("Record/Log", ["MartletLog", "MartletFiles", "MartletMerkle"], exclude: ["Go"]),

    // What puts them together
    room(
      "Lifecycle",
      [
        "MartletAccess", "MartletAutodiff", "MartletBackdoor", "MartletBytes", "MartletDatasets",
        "MartletEncrypt",
        "MartletEvidence", "MartletFiles",
        "MartletFormats",
        "MartletGate", "MartletIntegrity", "MartletLog", "MartletMaterials", "MartletMerkle",
        "MartletPrivacy",
        "MartletRegistry",
        "MartletRobustness",
        "MartletRuntime", "MartletScan", "MartletTables", "MartletTheft", "MartletVerify",
      ]),
    tests(
      "Lifecycle",
      [
        "MartletAccess", "MartletBytes", "MartletEncrypt", "MartletEvidence", "MartletFiles", "MartletGate",
        "MartletLifecycle", "MartletLog", "MartletMaterials", "MartletRegistry", "MartletRobustness", grdb,
      ]),
    .executableTarget(
      name: "martlet",
      dependencies: [
        "MartletAccess", "MartletAccounting", "MartletAutodiff", "MartletBackdoor", "MartletBytes",
        "MartletClient",
        "MartletDatasets",
        "MartletEncrypt", "MartletEvidence", "MartletFiles", "MartletFindings", "MartletFormats",
        "MartletGate",
        "MartletGuard",
        "MartletIntegrity", "MartletLifecycle", "MartletLog", "MartletMaterials", "MartletMerkle",
        "MartletPrivacy",
        "MartletRegistry", "MartletRemote", "MartletReport", "MartletRobustness", "MartletRuntime",
        "MartletScan", "MartletServer", "MartletSign", "MartletTables", "MartletTheft", "MartletTraining",
        "MartletVerify",
        "MartletWitness",
        argumentParser,
        logging,
      ], path: "Sources/Tool", swiftSettings: rules + [.strictMemorySafety()]),
    tests(
      "Tool",
      [
        "martlet", "MartletBytes", "MartletFiles", "MartletFormats", "MartletONNXSchema", crypto, grdb,
        protobuf,
      ], exclude: ["Clients"]),
  ],
  swiftLanguageModes: [.v6]
)
