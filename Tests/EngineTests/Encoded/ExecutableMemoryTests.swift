#if arch(x86_64)
  import Engine
  import Foundation
  import Synchronization
  import Testing
  import Transformer

  @Suite struct ExecutableMemoryTests {
    private static func model() throws -> TransformerModel {
      try RandomModel.make(seed: 7, hasRecency: true)
    }

    /// A system that lets nobody execute what was written, as one that is hardened does.
    private static let refusing: ExecutableMemory.Protect = { _, _, protection in
      errno = EACCES
      return protection & PROT_EXEC == 0 ? 0 : -1
    }

    @Test func pagesAreNeverWritableAndExecutable() throws {
      let requests = Mutex<[Int32]>([])
      var engine = try EncodedEngine(Self.model()) { base, count, protection in
        requests.withLock { $0.append(protection) }
        return ExecutableMemory.system(base, count, protection)
      }
      try engine.advance(0)
      #expect(requests.withLock { $0 } == [PROT_READ, PROT_READ | PROT_EXEC])
    }

    @Test func aRefusalIsAnErrorOfTheEncodedEngine() throws {
      let error = #expect(throws: CompilationError.self) {
        try EncodedEngine(Self.model(), protect: Self.refusing)
      }
      #expect(error?.kind == .notLoaded)
      #expect(error?.description.contains("the system gives no memory for code") == true)
    }

    /// Where there can be no code, the plan runs, and one line says why.
    @Test(arguments: [AutomaticEngine.Compilation.never, .after(tokens: 1000)])
    func thePlanServesWhereCodeIsRefused(_ compilation: AutomaticEngine.Compilation) throws {
      let temporary = TemporaryCache()
      let model = try Self.model()
      var engine = AutomaticEngine(
        model, cache: temporary.cache, compilation: compilation, protect: Self.refusing)
      #expect(engine.name == "plan")
      let warning = try #require(engine.warning)
      #expect(warning.hasSuffix("(the run goes on with the interpreted plan)") && !warning.contains("\n"))
      var dense = DenseEngine(model)
      for token in [0, 1, 1, 0, 1] { #expect(try engine.step(token) == dense.step(token)) }
      #expect(engine.warning == warning)
    }

    #if os(Linux)
      /// Memory is given back, that of refused code as well.
      @Test func memoryIsGivenBack() throws {
        let model = try Self.model()
        func mappings() -> Int {
          (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8))?.split(separator: "\n").count ?? 0
        }
        let before = mappings()
        for _ in 0..<500 {
          _ = try EncodedEngine(model)
          _ = try? EncodedEngine(model, protect: Self.refusing)
        }
        // Other tests run at the same time.
        #expect(mappings() < before + 400)
      }
    #endif
  }
#endif
