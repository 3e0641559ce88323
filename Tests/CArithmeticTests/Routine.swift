import CArithmetic

/// The functions under test by the names of their operators, on bits of any width.
enum Routine {
  typealias Function = @Sendable (UInt64, UInt64) -> UInt64

  private static func word(_ a: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: a) }

  private static let single: [String: Function] = [
    "f32.add": { UInt64(carithmetic_f32_add(word($0), word($1))) },
    "f32.mul": { UInt64(carithmetic_f32_mul(word($0), word($1))) },
    "f32.div": { UInt64(carithmetic_f32_div(word($0), word($1))) },
    "f32.min": { UInt64(carithmetic_f32_min(word($0), word($1))) },
    "f32.max": { UInt64(carithmetic_f32_max(word($0), word($1))) },
    "f32.sqrt": { a, _ in UInt64(carithmetic_f32_sqrt(word(a))) },
    "f32.ceil": { a, _ in UInt64(carithmetic_f32_ceil(word(a))) },
    "f32.floor": { a, _ in UInt64(carithmetic_f32_floor(word(a))) },
    "f32.trunc": { a, _ in UInt64(carithmetic_f32_trunc(word(a))) },
    "f32.nearest": { a, _ in UInt64(carithmetic_f32_nearest(word(a))) },
    "f32.eq": { UInt64(carithmetic_f32_eq(word($0), word($1))) },
    "f32.lt": { UInt64(carithmetic_f32_lt(word($0), word($1))) },
    "f32.gt": { UInt64(carithmetic_f32_gt(word($0), word($1))) },
    "f32.le": { UInt64(carithmetic_f32_le(word($0), word($1))) },
    "f32.ge": { UInt64(carithmetic_f32_ge(word($0), word($1))) },
    "f32.convert_i32_s": { a, _ in UInt64(carithmetic_f32_convert_i32_s(word(a))) },
    "i32.trunc_f32_s": { a, _ in UInt64(carithmetic_i32_trunc_f32_s(word(a))) },
    "i32.trunc_sat_f32_s": { a, _ in UInt64(carithmetic_i32_trunc_sat_f32_s(word(a))) },
    "f32.convert_i32_u": { a, _ in UInt64(carithmetic_f32_convert_i32_u(word(a))) },
    "i32.trunc_f32_u": { a, _ in UInt64(carithmetic_i32_trunc_f32_u(word(a))) },
    "i32.trunc_sat_f32_u": { a, _ in UInt64(carithmetic_i32_trunc_sat_f32_u(word(a))) },
    "f32.convert_i64_s": { a, _ in UInt64(carithmetic_f32_convert_i64_s(a)) },
    "i64.trunc_f32_s": { a, _ in carithmetic_i64_trunc_f32_s(word(a)) },
    "i64.trunc_sat_f32_s": { a, _ in carithmetic_i64_trunc_sat_f32_s(word(a)) },
    "f32.convert_i64_u": { a, _ in UInt64(carithmetic_f32_convert_i64_u(a)) },
    "i64.trunc_f32_u": { a, _ in carithmetic_i64_trunc_f32_u(word(a)) },
    "i64.trunc_sat_f32_u": { a, _ in carithmetic_i64_trunc_sat_f32_u(word(a)) },
    "f32.demote_f64": { a, _ in UInt64(carithmetic_f32_demote_f64(a)) },
  ]

  private static let double: [String: Function] = [
    "f64.add": { carithmetic_f64_add($0, $1) },
    "f64.mul": { carithmetic_f64_mul($0, $1) },
    "f64.div": { carithmetic_f64_div($0, $1) },
    "f64.min": { carithmetic_f64_min($0, $1) },
    "f64.max": { carithmetic_f64_max($0, $1) },
    "f64.sqrt": { a, _ in carithmetic_f64_sqrt(a) },
    "f64.ceil": { a, _ in carithmetic_f64_ceil(a) },
    "f64.floor": { a, _ in carithmetic_f64_floor(a) },
    "f64.trunc": { a, _ in carithmetic_f64_trunc(a) },
    "f64.nearest": { a, _ in carithmetic_f64_nearest(a) },
    "f64.eq": { UInt64(carithmetic_f64_eq($0, $1)) },
    "f64.lt": { UInt64(carithmetic_f64_lt($0, $1)) },
    "f64.gt": { UInt64(carithmetic_f64_gt($0, $1)) },
    "f64.le": { UInt64(carithmetic_f64_le($0, $1)) },
    "f64.ge": { UInt64(carithmetic_f64_ge($0, $1)) },
    "f64.convert_i32_s": { a, _ in carithmetic_f64_convert_i32_s(word(a)) },
    "i32.trunc_f64_s": { a, _ in UInt64(carithmetic_i32_trunc_f64_s(a)) },
    "i32.trunc_sat_f64_s": { a, _ in UInt64(carithmetic_i32_trunc_sat_f64_s(a)) },
    "f64.convert_i32_u": { a, _ in carithmetic_f64_convert_i32_u(word(a)) },
    "i32.trunc_f64_u": { a, _ in UInt64(carithmetic_i32_trunc_f64_u(a)) },
    "i32.trunc_sat_f64_u": { a, _ in UInt64(carithmetic_i32_trunc_sat_f64_u(a)) },
    "f64.convert_i64_s": { a, _ in carithmetic_f64_convert_i64_s(a) },
    "i64.trunc_f64_s": { a, _ in carithmetic_i64_trunc_f64_s(a) },
    "i64.trunc_sat_f64_s": { a, _ in carithmetic_i64_trunc_sat_f64_s(a) },
    "f64.convert_i64_u": { a, _ in carithmetic_f64_convert_i64_u(a) },
    "i64.trunc_f64_u": { a, _ in carithmetic_i64_trunc_f64_u(a) },
    "i64.trunc_sat_f64_u": { a, _ in carithmetic_i64_trunc_sat_f64_u(a) },
    "f64.promote_f32": { a, _ in carithmetic_f64_promote_f32(word(a)) },
  ]

  static let all = single.merging(double) { first, _ in first }
}
