public import Transformer

/// Runs a transformer by the fastest means there are: code from the cache, or a plan until the code is compiled.
///
/// A run without code in the cache starts on the interpreted plan. Once it has proved to be long, the model is compiled in the background, and
/// the run goes on with the code between two tokens, where it is. Whatever keeps code from being used costs speed, never the run:
/// `warning` says what it was.
public struct AutomaticEngine: BlockEngine, PlannedEngine {
  /// When a model is compiled whose code is not in the cache.
  public enum Compilation: Hashable, Sendable {
    /// In the background, once a run has read that many tokens.
    case after(tokens: Int)
    /// Before the first token.
    case first
  }

  /// Tokens that take the plan about as long as starting a compiler.
  public static let patience = 65_536

  /// How often the compiler is asked whether it is done.
  private static let interval = 1024

  private let cache: CodeCache
  package var run: PlannedRun
  /// The position at which to start the compiler, or to ask it again.
  private var nextLook = Int.max
  private var compilation: BackgroundCompilation?
  /// The position at which the code took over.
  private var codeStart: Int?

  public private(set) var warning: String?

  /// An engine at position 0.
  ///
  /// - Parameters:
  ///   - cache: Where code is kept.
  ///   - compilation: When the model is compiled if its code is not there.
  public init(
    _ model: TransformerModel, cache: CodeCache = CodeCache(), compilation: Compilation = .after(tokens: patience)
  ) {
    self.cache = cache
    run = PlannedRun(PlannedModel(model))
    do throws(CompilationError) {
      switch compilation {
      case .first: try compileFirst()
      case .after(let tokens): try start(patience: tokens)
      }
    } catch {
      warn(error)
    }
  }

  /// Looks once more whether the code is in the cache, if nothing has been read yet and it was not there.
  package mutating func lookForCode() {
    guard position == 0, run.code == nil, compilation == nil, warning == nil else { return }
    run.code = try? CompiledCode(of: run.model, storedIn: cache)
    if let code = run.code { use(code) }
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
    warning = "\(error) (the run goes on with the interpreted plan)"
  }

  /// Starts the compiler or sees what it has done.
  private mutating func look() {
    nextLook = position + Self.interval
    guard let compilation else {
      compilation = BackgroundCompilation(run.model, cache: cache)
      return
    }
    switch compilation.outcome {
    case .unfinished: return
    case .code(let code): use(code)
    case .failed(let error): warn(error)
    }
    self.compilation = nil
  }

  /// `compiled`, `plan`, or the two and where the run changed from one to the other.
  public var name: String {
    switch codeStart {
    case nil: "plan"
    case 0: "compiled"
    case let start?: "plan, compiled from token \(start)"
    }
  }

  @inline(__always)
  package mutating func prepare() {
    if position >= nextLook { look() }
  }
}
