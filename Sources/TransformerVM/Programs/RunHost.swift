public import ModuleExecution

/// What a program of the full profile runs in.
public struct RunHost {
  /// What services have left of what there is to give.
  public internal(set) var environment: HostEnvironment
  /// What the host is told of: bytes where errors go, values printed.
  let receive: (ExecutionEvent) -> Void

  public init(
    _ environment: HostEnvironment = HostEnvironment(), receive: @escaping (ExecutionEvent) -> Void = { _ in }
  ) {
    self.environment = environment
    self.receive = receive
  }

  /// Tells whoever listens of what a reply shows.
  func tell(_ reply: HostReply) {
    if let event = reply.event { receive(event) }
  }

  /// Answers behind the last of these tokens, which asks for a service.
  ///
  /// - Throws: ``VirtualMachineError`` when what stands there is no request.
  package mutating func reply(
    behind ids: ArraySlice<UInt16>, _ vocabulary: MachineVocabulary
  ) throws(VirtualMachineError) -> HostReply? {
    let tokens = vocabulary.fullTokens(ids.suffix(HostEnvironment.tailLength))
    guard case .host(let service)? = tokens.last?.pause else { return nil }
    do {
      return try environment.answer(service, behind: tokens[...])
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }
}

extension MachineProgram {
  /// A host that gives the program its input, and always the same: for runs that are compared.
  public var host: RunHost {
    RunHost(HostEnvironment(input: .bytes(standardInput ?? [])))
  }
}
