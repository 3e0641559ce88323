import Engine
import Foundation
import Synchronization
import Testing

/// Many who compile the same at the same time, in one folder that was empty.
@Suite struct SharedCacheTests {
  /// Runs a model compiled in several threads; what those say that warned or did not get their code.
  static func complaints(in folder: String, threads: Int) -> [String] {
    let environment = ProcessInfo.processInfo.environment.merging(["TVM_CACHE": folder]) { $1 }
    let complaints = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      let complaint: String?
      do {
        let (name, warning) = try CodeCacheTests.run(CodeCache(environment: environment))
        complaint = name == "compiled" ? warning : "\(name): \(warning ?? "no warning")"
      } catch {
        complaint = "\(error)"
      }
      if let complaint { complaints.withLock { $0.append(complaint) } }
    }
    return complaints.withLock { $0 }
  }

  @Test func threadsDoNotDisturbEachOther() {
    let temporary = TemporaryCache()
    #expect(Self.complaints(in: temporary.folder.path, threads: 8) == [])
  }

  @Test func processesDoNotDisturbEachOther() async throws {
    let temporary = TemporaryCache()
    let folder = temporary.folder.path
    async let first: Void = Self.expectNoComplaint(in: folder)
    async let second: Void = Self.expectNoComplaint(in: folder)
    async let third: Void = Self.expectNoComplaint(in: folder)
    _ = await (first, second, third)
    // Whoever compiles makes the same of it, and nothing else remains.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
  }

  private static func expectNoComplaint(in folder: String) async {
    await #expect(processExitsWith: .success) { [folder] in
      let complaints = SharedCacheTests.complaints(in: folder, threads: 2)
      precondition(complaints.isEmpty, complaints.joined(separator: "; "))
    }
  }
}
