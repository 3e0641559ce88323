import Graph
import Scheduler
import TestSupport
import Testing
import TransformerVM

/// The plan that ships and what the command finds today.
struct ShippedPlanTests {
  private static let hasHighs = (try? ScheduleSolver.highs.locate()) != nil

  /// `tvm schedule --solver highs -o universal.yaml` writes the file that ships, whatever the time limit: the seed is fixed and
  /// the solver uses one thread. After a change to graph or scheduler that command's plan is to be shipped anew.
  @Test(.enabled(if: hasHighs, "there is no HiGHS on this machine"))
  func theSolverFindsThePlanThatShips() throws {
    let machine = try Pipeline.universalMachine()
    let graph = machine.graph
    let shipped = try Pipeline.shippedSchedule(for: machine)
    for limit in [1800.0, 3600] {
      let options = SchedulingOptions(solver: .highs, reuse: .immediate, timeLimit: limit)
      let found = try ScheduleSearch(for: graph, options: options).run()
      #expect(found.status == .optimal)
      #expect(found.schedule.modelWidth == shipped.modelWidth)
      // Another version may find another optimum; this one finds the same again.
      if found.solver == "highs 1.15.1" { #expect(found.schedule.fingerprint == shipped.fingerprint) }
    }
  }

  /// The same of `tvm schedule --machine full -o full.yaml`, and with `--specialized` of `full_specialized.yaml`.
  @Test(
    .enabled(if: hasHighs && LongTests.areWanted, "there is no HiGHS on this machine, or TVM_LONG_TESTS is not set"),
    arguments: [false, true])
  func theSolverFindsTheFullProfilesPlans(_ isSpecialized: Bool) throws {
    let machine =
      try isSpecialized ? Pipeline.machine(specializedTo: .shortest) : Pipeline.universalMachine(.full)
    let shipped = try Pipeline.shippedSchedule(for: machine)
    let profile = machine.profile
    let options = SchedulingOptions(
      solver: .highs, reuse: .immediate,
      maxLayers: isSpecialized ? profile.specializedLayerCount : profile.layerCount, timeLimit: 3600)
    let found = try ScheduleSearch(for: machine.graph, options: options).run()
    #expect(found.status == .optimal)
    #expect(found.schedule.modelWidth == shipped.modelWidth)
    if found.solver == "highs 1.15.1" { #expect(found.schedule.fingerprint == shipped.fingerprint) }
  }
}
