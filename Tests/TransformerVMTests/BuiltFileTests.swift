import Engine
import Files
import Foundation
import InstructionSet
import Testing
import Transformer
import TransformerVM

/// What `tvm build` writes from the plans that ship: the same bytes each time and on every machine.
///
/// After a change to graph, plan or file format: `tvm build --machine base -o universal.bin && sha256sum universal.bin`, and so on.
@Suite struct BuiltFileTests {
  /// The SHA-256 of each file by which machines are compared.
  private static let digests: [MachineProfile: [String: String]] = [
    .base: [
      "model.bin": "761050c2291817d58493d5dbd07107781239cb01e22bbde4b627a1d406063165",
      "model.safetensors": "eead52fa61e436e33f59336537e26d80d3f3b4080354657663eb1b2dd8ee6887",
      "config.json": "1d2c464781f8a47d2c5751a664fab1e2f40a4ed1ebf13f086466cf7b39e8df12",
    ],
    .full: [
      "model.bin": "f1ef85bf13965d677c9c2ef4a001a2679c960aae5ccadad0fff7f8683585fee6",
      "model.safetensors": "ee12167d2b83216cf1c763dd6a0a46d433ca1cd74a31ea1115a14f29f7ad993b",
      "config.json": "8aefcc07c5992a9bb192d3a1775d5b94ffa1fff37cc4aa143456d6990f14103b",
    ],
  ]

  @Test(arguments: [MachineProfile.base, .full])
  func filesHaveTheSameBytesEverywhere(_ profile: MachineProfile) throws {
    for round in 1...2 {
      let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let machine = try Pipeline.universalMachine(profile)
      let model = try Pipeline.weights(for: machine, schedule: Pipeline.shippedSchedule(for: machine))
      for name in ["model.bin", "model.safetensors"] {
        try model.write(toFile: folder.appending(path: name).path)
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let found = try Dictionary(
        uniqueKeysWithValues: names.map {
          ($0, SHA256.hexadecimal(of: try InputFile.bytes(of: folder.appending(path: $0).path)))
        })
      #expect(found == Self.digests[profile], "round \(round)")
    }
  }
}
