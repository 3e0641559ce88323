import Foundation
import SpecificationSuite

/// The scripts beside these tests. They were written in the suite's text format and converted by `wast2json` of wabt, whose own
/// interpreter passes them.
enum OwnScripts {
  static let names = ["copies", "functions", "globals", "memories", "tables"]

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Scripts")

  static func file(_ name: String) -> String {
    folder.appending(path: "\(name)/\(name).json").standardizedFileURL.path(percentEncoded: false)
  }

  static func script(_ name: String) throws -> SpecificationScript { try SpecificationScript(file: file(name)) }

  /// The script with more commands at its end, as JSON.
  static func script(_ name: String, appending commands: [String]) throws -> SpecificationScript {
    let data = try Data(contentsOf: URL(filePath: file(name)))
    var json = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    let more = try commands.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
    json["commands"] = (json["commands"] as? [Any] ?? []) + more
    return try SpecificationScript(json: [UInt8](JSONSerialization.data(withJSONObject: json)), file: file(name))
  }

  /// The script with every expectation changed to something else.
  static func contradicted(_ name: String) throws -> SpecificationScript {
    let data = try Data(contentsOf: URL(filePath: file(name)))
    let json = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    let commands = (json["commands"] as? [[String: Any]] ?? []).map { command in
      var command = command
      if command["text"] != nil { command["text"] = "something else" }
      if let values = command["expected"] as? [[String: String]], command["type"] as? String == "assert_return" {
        command["expected"] = values.isEmpty ? [["type": "i32", "value": "0"]] : values.map(contradicted)
      }
      return command
    }
    let changed = try JSONSerialization.data(withJSONObject: ["commands": commands])
    return try SpecificationScript(json: [UInt8](changed), file: file(name))
  }

  /// The value with its lowest bit inverted.
  private static func contradicted(_ value: [String: String]) -> [String: String] {
    var value = value
    value["value"] = value["value"].flatMap { UInt64($0) }.map { "\($0 ^ 1)" }
    return value
  }
}
