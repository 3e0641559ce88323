#if canImport(Darwin)
  // `mach_task_self_` is a variable to Swift, though nobody changes it.
  @preconcurrency import Darwin
#else
  import Foundation
#endif

/// The memory of this process that is resident now.
enum ResidentMemory {
  /// Bytes; 0 where the system does not tell.
  static var bytes: Int {
    #if canImport(Darwin)
      var information = mach_task_basic_info()
      var count = mach_msg_type_number_t(MemoryLayout.size(ofValue: information) / MemoryLayout<natural_t>.size)
      let result = withUnsafeMutablePointer(to: &information) { pointer in
        pointer.withMemoryRebound(to: integer_t.self, capacity: Int(count)) { words in
          task_info(mach_task_self_, task_flavor_t(MACH_TASK_BASIC_INFO), words, &count)
        }
      }
      return result == KERN_SUCCESS ? Int(information.resident_size) : 0
    #else
      let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
      return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    #endif
  }
}
