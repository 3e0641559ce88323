import ArgumentParser
import MILICommands

@main
struct Main {
  static func main() async {
    await MILICommand.run()
  }
}
