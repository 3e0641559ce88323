import ArgumentParser
import TVMCommands

@main
struct Main {
  static func main() {
    TVM.run()
  }
}
