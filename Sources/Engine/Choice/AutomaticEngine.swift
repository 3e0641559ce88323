public import Transformer

/// Runs a transformer by the fastest means there are: compiled code from the cache, or code encoded at once until it is compiled.
///
/// A run without code in the cache starts on encoded code, or where there can be none on the interpreted plan. Once it has proved to be
/// long, the model is compiled in the background, and the run goes on with that between two tokens, where it is. Whatever keeps
/// code from being used costs speed, never the run: `warning` says what it was.
public struct AutomaticEngine: BlockEngine, PlannedEngine {
  /// When a model is compiled whose code is not in the cache.
  public enum Compilation: Hashable, Sendable {
    /// In the background, once a run has read that many tokens.
    case after(tokens: Int)
    /// Before the first token.
    case first
    /// Not at all, and compiled code is not looked for.
    case never
  }

  /// Tokens that take the plan about as long as starting a compiler.
  public static let patience = 65_536

  /// How often the compiler is asked whether it is done.
  private static let interval = 1024

  private let cache: CodeCache
  package var run: PlannedRun
  /// The position at which to start the compiler, or to ask it again.
  private var nextLook = Int.max
  private let shared = SharedCompilation()
  private var compilation: BackgroundCompilation?
  /// The position at which compiled code took over.
  private var codeStart: Int?

  /// Whether the run began on encoded code.
  private var isEncoded = false
  /// What keeps code from being used.
  private var obstacle: CompilationError?

  /// An engine at position 0.
  ///
  /// - Parameters:
  ///   - cache: Where code is kept.
  ///   - compilation: When the model is compiled if its code is not there.
  public init(
    _ model: TransformerModel, cache: CodeCache = CodeCache(), compilation: Compilation = .after(tokens: patience)
  ) {
    self.init(model, cache: cache, compilation: compilation, protect: ExecutableMemory.system)
  }

  /// - Parameter protect: Makes memory executable, or refuses to.
  package init(
    _ model: TransformerModel, cache: CodeCache, compilation: Compilation, protect: @escaping ExecutableMemory.Protect
  ) {
    self.cache = cache
    run = PlannedRun(PlannedModel(model))
    do throws(CompilationError) {
      switch compilation {
      case .first: try compileFirst()
      case .after(let tokens): try start(patience: tokens)
      case .never: break
      }
    } catch {
      warn(error)
    }
    if codeStart == nil { encode(isWanted: compilation == .never, protect) }
  }

  /// - Parameter isWanted: Whether encoded code was asked for, rather than whatever there is.
  private mutating func encode(isWanted: Bool, _ protect: @escaping ExecutableMemory.Protect) {
    do throws(CompilationError) {
      run.code = try CompiledCode(encoding: run.model, protect: protect)
      isEncoded = true
    } catch {
      if obstacle == nil, isWanted || error.kind == .notLoaded { obstacle = error }
    }
  }

  /// Looks once more whether the code is in the cache, if nothing has been read yet and it was not there.
  package mutating func lookForCode() {
    guard position == 0, nextLook != .max, compilation == nil else { return }
    if let code = try? CompiledCode(of: run.model, storedIn: cache) { use(code) }
  }

  /// Whether a compilation that this engine or a copy of it has begun is not finished.
  package var isCompiling: Bool { shared.isUnfinished }

  /// Waits for that compilation, so that its code is in the cache for the next run, and stops it if that takes too long.
  ///
  /// - Parameter limit: seconds to wait at most.
  /// - Returns: why the code is not there; nil when it is, when none was wanted, or when `warning` has said it in a run.
  package func finishCompiling(within limit: Double) -> CompilationError? {
    shared.finish(within: limit)
  }

  private mutating func start(patience: Int) throws(CompilationError) {
    nextLook = patience
    do throws(CompilationError) {
      if let code = try CompiledCode(of: run.model, storedIn: cache) { use(code) }
    } catch {
      // What was wrong has been removed, so that compiling again puts it right.
      guard error.kind == .corruptedEntry else { throw error }
      warn(error)
      nextLook = patience
    }
  }

  private mutating func compileFirst() throws(CompilationError) {
    do throws(CompilationError) {
      use(try CompiledCode(of: run.model, cache: cache))
    } catch {
      guard error.kind == .corruptedEntry else { throw error }
      warn(error)
      use(try CompiledCode(of: run.model, cache: cache))
    }
  }

  private mutating func use(_ code: CompiledCode) {
    run.code = code
    codeStart = position
    nextLook = .max
  }

  private mutating func warn(_ error: CompilationError) {
    nextLook = .max
    obstacle = error
  }

  /// Starts the compiler or sees what it has done.
  private mutating func look() {
    nextLook = position + Self.interval
    guard let compilation else {
      compilation = shared.begin(run.model, cache: cache)
      return
    }
    switch compilation.outcome {
    case .unfinished: return
    case .code(let code): use(code)
    case .failed(let error):
      warn(error)
      shared.noteFailureTold()
    }
    self.compilation = nil
  }

  @inline(__always)
  package mutating func prepare() {
    if position >= nextLook { look() }
  }
}

// Reports.
extension AutomaticEngine {
  /// `compiled`, `encoded` or `plan`, or one of the latter with where the run changed to compiled code.
  public var name: String {
    let beginning = isEncoded ? "encoded" : "plan"
    return switch codeStart {
    case nil: beginning
    case 0: "compiled"
    case let start?: "\(beginning), compiled from token \(start)"
    }
  }

  public var warning: String? {
    obstacle.map { obstacle in
      let means = codeStart != nil ? "compiled code" : isEncoded ? "encoded code" : "the interpreted plan"
      return "\(obstacle) (the run goes on with \(means))"
    }
  }
}
