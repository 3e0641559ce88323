import CommandOutput
import Foundation
import ModuleExecution
import Synchronization

/// Standard input that a person types, who is told once that it is waited for.
final class KeyboardInput: Sendable {
  private let wasTold = Mutex(false)

  /// The process's standard input; from a terminal, with a word about it when a program first reads.
  static var standard: HostInput {
    guard Terminal.hasKeyboard else { return .file(.standardInput) }
    let keyboard = KeyboardInput()
    return .file(.standardInput) { keyboard.tell() }
  }

  private func tell() {
    wasTold.withLock { wasTold in
      if !wasTold { Terminal.report("the program reads its input; Ctrl-D ends it") }
      wasTold = true
    }
  }
}
