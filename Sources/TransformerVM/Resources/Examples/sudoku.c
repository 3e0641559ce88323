/*
 * Sudoku by constraint propagation, and by search where that does not suffice. Prints its reasoning.
 * Input: the 81 cells row by row, 1 to 9 where a digit is given, `.` or 0 where the cell is empty.
 */
enum { size = 9, cell_count = 81, unit_count = 27 };

typedef unsigned char byte;

/* What is known of one digit. */
struct board {
  byte digit;
  /* The cells where it cannot stand. */
  byte is_ruled_out[cell_count];
  /* How many cells that is in each unit: nine rows, nine columns, nine boxes. */
  byte lost[unit_count];
};

static struct board boards[size];
/* How many digits each cell cannot hold. */
static byte lost_digits[cell_count];
/* The digit, from 1, of each decided cell; 0 for an open one. */
static byte decided[cell_count];
/* How often a cell was left without a digit, or a digit without a place in a unit. */
static int contradictions;

static byte cells_of[unit_count][size];
static byte row_of[cell_count], column_of[cell_count], box_of[cell_count];

/* What was decided and ruled out, so that a wrong guess can be taken back. */
static byte decided_cells[cell_count];
static byte *decided_end = decided_cells;
static struct ruled_out {
  struct board *board;
  int cell;
} ruled_out[cell_count * size];
static struct ruled_out *ruled_out_end = ruled_out;

/* Cells with one digit left, and units with one place left for a digit, to be decided. */
static struct finding {
  struct board *board; /* NULL: the cell `index` has one digit left; else the unit `index` has one place left. */
  int index;
} findings[cell_count + unit_count * size];
static struct finding *findings_end = findings;

static void set_up(void) {
  byte *box_ends[size];
  for (int box = 0; box < size; box++) box_ends[box] = cells_of[2 * size + box];
  int cell = 0;
  for (int band = 0; band < size; band += 3) {
    for (int row = band; row < band + 3; row++) {
      int column = 0;
      for (int box = band; box < band + 3; box++) {
        for (int i = 0; i < 3; i++, column++, cell++) {
          row_of[cell] = row;
          column_of[cell] = size + column;
          box_of[cell] = 2 * size + box;
          cells_of[row][column] = cell;
          cells_of[size + column][row] = cell;
          *box_ends[box]++ = cell;
        }
      }
    }
  }
  for (int i = 0; i < size; i++) boards[i].digit = i + 1;
}

/* ---- telling ---- */

static void say(const char *text) {
  while (*text) putchar(*text++);
}

static void say_cell(int cell) {
  putchar('r');
  putchar('1' + row_of[cell]);
  putchar('c');
  putchar('1' - size + column_of[cell]);
}

static void say_placement(const char *reason, const struct board *board, int cell) {
  say(reason);
  say_cell(cell);
  putchar('=');
  putchar('0' + board->digit);
  putchar('\n');
}

static void print_grid(void) {
  for (int cell = 0; cell < cell_count; cell++) {
    putchar('0' + decided[cell]);
    putchar(column_of[cell] == 2 * size - 1 ? '\n' : ' ');
  }
}

/* ---- propagation ---- */

static void add_finding(struct board *board, int index) {
  findings_end->board = board;
  findings_end->index = index;
  findings_end++;
}

/* A unit has one place left for a digit, or none. */
static void notice_lost_places(struct board *board, int unit) {
  if (board->lost[unit] < size) {
    add_finding(board, unit);
  } else if (contradictions++ == 0) {
    say(unit < size ? "no row place for " : unit < 2 * size ? "no column place for " : "no box place for ");
    putchar('0' + board->digit);
    putchar('\n');
  }
}

/* A cell has one digit left, or none. */
static void notice_lost_digits(int cell) {
  if (lost_digits[cell] < size) {
    if (!decided[cell]) add_finding(NULL, cell);
  } else if (contradictions++ == 0) {
    say("no digit for ");
    say_cell(cell);
    putchar('\n');
  }
}

/* Takes a digit from the candidates of a cell. */
static void rule_out(struct board *board, int cell) {
  board->is_ruled_out[cell] = 1;
  ruled_out_end->board = board;
  ruled_out_end->cell = cell;
  ruled_out_end++;
  int row = row_of[cell], column = column_of[cell], box = box_of[cell];
  if (board->lost[row]++ >= size - 2) notice_lost_places(board, row);
  if (board->lost[column]++ >= size - 2) notice_lost_places(board, column);
  if (board->lost[box]++ >= size - 2) notice_lost_places(board, box);
  if (lost_digits[cell]++ >= size - 2) notice_lost_digits(cell);
}

static void rule_out_in_unit(struct board *board, int unit, int except) {
  const byte *cells = cells_of[unit];
  for (const byte *end = cells + size; cells != end; cells++) {
    int cell = *cells;
    if (!board->is_ruled_out[cell] && cell != except) rule_out(board, cell);
  }
}

/* Puts a digit into an open cell, and says why. */
static void decide(const char *reason, struct board *board, int cell) {
  say_placement(reason, board, cell);
  decided[cell] = board->digit;
  *decided_end++ = cell;
  for (struct board *other = boards; other != boards + size; other++) {
    if (other != board && !other->is_ruled_out[cell]) rule_out(other, cell);
  }
  rule_out_in_unit(board, row_of[cell], cell);
  rule_out_in_unit(board, column_of[cell], cell);
  rule_out_in_unit(board, box_of[cell], cell);
}

static struct board *first_candidate(int cell) {
  struct board *board = boards;
  while (board->is_ruled_out[cell]) board++;
  return board;
}

static void decide_last_place(struct board *board, int unit) {
  const byte *cells = cells_of[unit];
  while (board->is_ruled_out[*cells]) cells++;
  int cell = *cells;
  if (decided[cell]) return;
  decide(unit < size ? "row place: " : unit < 2 * size ? "column place: " : "box place: ", board, cell);
}

/* Follows up all findings; returns 0 on a contradiction. */
static int propagate(void) {
  for (struct finding *next = findings; next != findings_end && contradictions == 0; next++) {
    if (next->board) {
      decide_last_place(next->board, next->index);
    } else if (!decided[next->index]) {
      decide("one digit left: ", first_candidate(next->index), next->index);
    }
  }
  findings_end = findings;
  return contradictions == 0;
}

/* ---- search ---- */

static void take_back(const byte *decided_before, const struct ruled_out *ruled_out_before) {
  while (decided_end != decided_before) decided[*--decided_end] = 0;
  while (ruled_out_end != ruled_out_before) {
    ruled_out_end--;
    struct board *board = ruled_out_end->board;
    int cell = ruled_out_end->cell;
    board->is_ruled_out[cell] = 0;
    board->lost[row_of[cell]]--;
    board->lost[column_of[cell]]--;
    board->lost[box_of[cell]]--;
    lost_digits[cell]--;
  }
  contradictions = 0;
}

/* The open cell with the fewest candidates, -1 when all are decided. */
static int most_constrained_cell(void) {
  int best = -1;
  int most_lost = -1;
  for (int cell = 0; cell < cell_count; cell++) {
    if (!decided[cell] && lost_digits[cell] > most_lost) {
      best = cell;
      most_lost = lost_digits[cell];
    }
  }
  return best;
}

/* Decides all open cells; returns 0 when there is no way. */
static int search(void) {
  for (;;) {
    int cell = most_constrained_cell();
    if (cell < 0) return 1;
    struct board *board = first_candidate(cell);
    const byte *decided_before = decided_end;
    const struct ruled_out *ruled_out_before = ruled_out_end;
    decide("guess: ", board, cell);
    if (propagate() && search()) return 1;
    take_back(decided_before, ruled_out_before);
    say_placement("so not: ", board, cell);
    rule_out(board, cell);
    if (!propagate()) return 0;
  }
}

/* Decides the given digits; returns 0 when one is ruled out by those before it. */
static int read_grid(const char *input) {
  for (int cell = 0; cell < cell_count && *input; input++) {
    if (*input >= '1' && *input <= '9') {
      struct board *board = boards + (*input - '1');
      if (board->is_ruled_out[cell]) return 0;
      decide("given: ", board, cell);
      cell++;
    } else if (*input == '.' || *input == '0') {
      cell++;
    }
  }
  return 1;
}

void compute(const char *input) {
  set_up();
  if (read_grid(input) && propagate() && search()) {
    print_grid();
  } else {
    puts("no solution");
  }
}
