/// The plan that `GoldenPlanTests` expects.
let goldenPlan = """
  # Where every operation of a computation graph runs, and what the residual stream holds at the end of every half-layer.
  format: transformer-vm-plan-1
  d_model: 12
  layers: 3
  heads: 6
  d_ffn: 6
  reuse: immediate
  solver: hand
  status: unproved
  embedding:
    dependency_width: 6
    linear_width: 5
    live:
      position: 0
      inv_log_position: 1
      position_squared: 2
      a: 3
      b: 4
      one: 5
  schedule:
    - layer: 0
      attention:
        lookups:
          - sum.mean
        persists: []
        erased: []
        refilled: {}
        heads_used: 1
        dependency_width: 7
        linear_width: 6
        live:
          position: 0
          inv_log_position: 1
          position_squared: 2
          a: 3
          b: 4
          one: 5
          sum.mean.0: 6
      feed_forward:
        reglus:
          - product
          - sum.product
        tables: []
        persists:
          - stored
          - sum.raised
        erased:
          - sum.mean.0
        refilled: {}
        neurons_used: 5
        dependency_width: 8
        linear_width: 6
        live:
          position: 0
          inv_log_position: 1
          position_squared: 2
          a: 3
          b: 4
          one: 5
          sum.raised: 7
          stored: 8
    - layer: 1
      attention:
        lookups: []
        persists:
          - sum
        erased:
          - sum.raised
        refilled: {}
        heads_used: 1
        dependency_width: 8
        linear_width: 6
        live:
          position: 0
          inv_log_position: 1
          position_squared: 2
          a: 3
          b: 4
          one: 5
          sum: 6
          stored: 8
      feed_forward:
        reglus:
          - found.square
        tables:
          - table
        persists:
          - found.height
        erased: []
        refilled: {}
        neurons_used: 6
        dependency_width: 11
        linear_width: 8
        live:
          position: 0
          inv_log_position: 1
          position_squared: 2
          a: 3
          b: 4
          one: 5
          sum: 6
          found.height: 7
          stored: 8
          table.0: 9
          table.1: 10
    - layer: 2
      attention:
        lookups:
          - found
        persists: []
        erased: []
        refilled:
          found.0: a
          found.1: b
        heads_used: 2
        dependency_width: 9
        linear_width: 4
        live:
          position: 0
          inv_log_position: 1
          position_squared: 2
          found.0: 3
          found.1: 4
          one: 5
          stored: 8
          table.0: 9
          table.1: 10
      feed_forward:
        reglus:
          - result
        tables: []
        persists: []
        erased: []
        refilled:
          result: found.0
        neurons_used: 2
        dependency_width: 7
        linear_width: 2
        live:
          position: 0
          inv_log_position: 1
          position_squared: 2
          result: 3
          one: 5
          stored: 8
          table.1: 10
  """
