;; Functions that modules have from each other, by whatever way.

(module $counter
  (global $count (mut i32) (i32.const 0))
  (func $next (export "next") (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (global.get $count))
  (func (export "swap") (param i32 i64) (result i64 i32) (local.get 1) (local.get 0))
  (func (export "fail") (unreachable))
  (func (export "deep") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (call $next))
      (else (unreachable)))))

;; Not registered yet.
(assert_unlinkable (module (import "counter" "next" (func (result i32)))) "unknown import")

(register "counter" $counter)
(module $user
  (type $number (func (result i32)))
  (import "counter" "next" (func $next (type $number)))
  (import "counter" "swap" (func $swap (param i32 i64) (result i64 i32)))
  (import "counter" "fail" (func $fail))
  (import "spectest" "print_i32_f32" (func $print (param i32 f32)))
  (func (export "next twice") (result i32) (drop (call $next)) (call $next))
  (func (export "swap back") (param i32 i64) (result i32)
    (call $swap (local.get 0) (local.get 1))
    (drop) (drop)
    (call $swap (local.get 0) (local.get 1))
    (call $print (f32.const 1))
    (i32.wrap_i64))
  (func (export "fail") (call $fail))
  (export "next" (func $next))
  (export "print" (func $print)))
(register "user")

(assert_return (invoke "next") (i32.const 1))
(assert_return (invoke $counter "next") (i32.const 2))
(assert_return (invoke $user "next twice") (i32.const 4))
(assert_return (invoke $counter "swap" (i32.const -7) (i64.const 0x1234567890)) (i64.const 0x1234567890) (i32.const -7))
(assert_return (invoke $user "swap back" (i32.const 5) (i64.const 0x100000009)) (i32.const 9))
(assert_trap (invoke $user "fail") "unreachable")
(assert_trap (invoke $counter "deep" (i32.const 1)) "unreachable")
(invoke $counter "next")
(assert_return (invoke $counter "deep" (i32.const 0)) (i32.const 6))
(assert_return (invoke $user "print" (i32.const 1) (f32.const 2)))

;; Exported again from another module, and under another name.
(module
  (import "user" "next" (func $next (result i32)))
  (import "user" "print" (func (param i32 f32)))
  (start $step)
  (func $step (drop (call $next)))
  (export "and again" (func $next)))
(assert_return (invoke "and again") (i32.const 8))

;; A second instance has a state of its own.
(module $other
  (global $count (mut i32) (i32.const 100))
  (func (export "next") (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (global.get $count)))
(register "counter" $other)
(module (import "counter" "next" (func $next (result i32))) (func (export "next") (result i32) (call $next)))
(assert_return (invoke "next") (i32.const 101))
(assert_return (invoke $user "next") (i32.const 9))

(assert_unlinkable (module (import "counter" "swap" (func))) "unknown import")
(assert_unlinkable (module (import "user" "next" (func (result i64)))) "incompatible import type")
(assert_unlinkable (module (import "user" "next" (func (param i32) (result i32)))) "incompatible import type")
(assert_unlinkable (module (import "user" "next" (global i32))) "incompatible import type")
(assert_unlinkable (module (import "spectest" "print_i32" (func (param i64)))) "incompatible import type")
(assert_unlinkable (module (import "spectest" "memory" (func))) "incompatible import type")
(assert_unlinkable (module (import "" "" (func))) "unknown import")

;; Names that only a careless comparison of strings takes for the same: a letter with its accent, in one character and in two.
(module (func (export "\c3\a9") (result i32) (i32.const 1)) (func (export "e\cc\81") (result i32) (i32.const 2)))
(assert_return (invoke "\c3\a9") (i32.const 1))
(assert_return (invoke "e\cc\81") (i32.const 2))
(register "accents")
(module (import "accents" "e\cc\81" (func $two (result i32))) (func (export "two") (result i32) (call $two)))
(assert_return (invoke "two") (i32.const 2))
