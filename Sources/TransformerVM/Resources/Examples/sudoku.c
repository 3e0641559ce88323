/*
 * Sudoku by constraint propagation, and by search where that does not suffice. Prints its reasoning.
 * Input: the 81 cells row by row, 1 to 9 where a digit is given, `.` or 0 where the cell is empty.
 */
enum { size = 9, cell_count = 81, unit_count = 27 };

/* Where one digit may still stand. */
struct board {
  char may_stand[cell_count];
  /* How many cells that is in each unit: nine rows, nine columns, nine boxes. */
  char places[unit_count];
};

static struct board boards[size];
/* How many digits each cell may still hold. */
static char choices[cell_count];
/* The digit, from 1, of each decided cell; 0 for an open one. */
static char decided[cell_count];
static char cells_of[unit_count][size];
static char row_of[cell_count], column_of[cell_count], box_of[cell_count];

/* What was decided and ruled out, so that a wrong guess can be taken back. */
static char decided_cells[cell_count];
static int decided_count;
static struct ruled_out {
  struct board *board;
  int cell;
} ruled_out[cell_count * size];
static int ruled_out_count;

/* Cells with one digit left, and units with one place left for a digit, to be decided. */
static struct finding {
  struct board *board; /* NULL: the cell `index` has one digit left; else the unit `index` has one place left. */
  int index;
} findings[cell_count + unit_count * size];
static int finding_count, next_finding;

static void put_up_units(void) {
  for (int row = 0, cell = 0; row < size; row++) {
    for (int column = 0; column < size; column++, cell++) {
      int box = row < 3 ? 0 : row < 6 ? 3 : 6;
      int row_in_box = row - box;
      int column_in_box = column;
      for (; column_in_box >= 3; column_in_box -= 3) box++;
      row_of[cell] = row;
      column_of[cell] = size + column;
      box_of[cell] = 2 * size + box;
      cells_of[row][column] = cell;
      cells_of[size + column][row] = cell;
      cells_of[2 * size + box][3 * row_in_box + column_in_box] = cell;
      choices[cell] = size;
    }
  }
  for (struct board *board = boards; board != boards + size; board++) {
    memset(board->may_stand, 1, cell_count);
    memset(board->places, size, unit_count);
  }
}

/* ---- telling ---- */

static int digit_of(const struct board *board) { return 1 + (board - boards); }

static void print_cell(int cell) {
  putchar('r');
  putchar('1' + row_of[cell]);
  putchar('c');
  putchar('1' - size + column_of[cell]);
}

static void print_unit(int unit) {
  printf(unit < size ? "row " : unit < 2 * size ? "column " : "box ");
  while (unit >= size) unit -= size;
  putchar('1' + unit);
}

static void print_grid(void) {
  for (int cell = 0; cell < cell_count; cell++) {
    putchar('0' + decided[cell]);
    putchar(column_of[cell] == 2 * size - 1 ? '\n' : ' ');
  }
}

/* ---- propagation ---- */

static void add_finding(struct board *board, int index) {
  findings[finding_count].board = board;
  findings[finding_count].index = index;
  finding_count++;
}

/* A digit lost a place in `unit`; returns 0 when it has none left. */
static int lose_place(struct board *board, int unit) {
  int places = --board->places[unit];
  if (places == 1) add_finding(board, unit);
  if (places != 0) return 1;
  printf("no place for %d in ", digit_of(board));
  print_unit(unit);
  putchar('\n');
  return 0;
}

/* Takes a digit from the candidates of `cell`; returns 0 on a contradiction. */
static int rule_out(struct board *board, int cell) {
  board->may_stand[cell] = 0;
  ruled_out[ruled_out_count].board = board;
  ruled_out[ruled_out_count].cell = cell;
  ruled_out_count++;
  int left = --choices[cell];
  if (left == 1 && !decided[cell]) add_finding(NULL, cell);
  /* All three counts must change, so that taking back can raise all three. */
  int row_is_fine = lose_place(board, row_of[cell]);
  int column_is_fine = lose_place(board, column_of[cell]);
  int box_is_fine = lose_place(board, box_of[cell]);
  if (left == 0) {
    printf("no digit for ");
    print_cell(cell);
    putchar('\n');
  }
  return left != 0 && row_is_fine && column_is_fine && box_is_fine;
}

static int rule_out_in_unit(struct board *board, int unit, int except) {
  const char *cells = cells_of[unit];
  for (int i = 0; i < size; i++) {
    int cell = cells[i];
    if (cell != except && board->may_stand[cell] && !rule_out(board, cell)) return 0;
  }
  return 1;
}

/* Puts a digit into an open `cell`; returns 0 on a contradiction. */
static int decide(struct board *board, int cell) {
  print_cell(cell);
  printf(" = %d\n", digit_of(board));
  decided[cell] = digit_of(board);
  decided_cells[decided_count++] = cell;
  for (struct board *other = boards; other != boards + size; other++) {
    if (other != board && other->may_stand[cell] && !rule_out(other, cell)) return 0;
  }
  return rule_out_in_unit(board, row_of[cell], cell) && rule_out_in_unit(board, column_of[cell], cell) &&
         rule_out_in_unit(board, box_of[cell], cell);
}

static int decide_last_digit(int cell) {
  if (decided[cell]) return 1;
  struct board *board = boards;
  while (!board->may_stand[cell]) board++;
  printf("one digit left: ");
  return decide(board, cell);
}

static int decide_last_place(struct board *board, int unit) {
  const char *cell = cells_of[unit];
  while (!board->may_stand[(int)*cell]) cell++;
  if (decided[(int)*cell]) return 1;
  printf("one place in ");
  print_unit(unit);
  printf(": ");
  return decide(board, *cell);
}

/* Follows up all findings; returns 0 on a contradiction. */
static int propagate(void) {
  while (next_finding < finding_count) {
    struct finding *finding = findings + next_finding++;
    int is_fine = finding->board ? decide_last_place(finding->board, finding->index) : decide_last_digit(finding->index);
    if (!is_fine) return 0;
  }
  finding_count = 0;
  next_finding = 0;
  return 1;
}

/* ---- search ---- */

static void take_back(int decided_before, int ruled_out_before) {
  while (decided_count > decided_before) decided[(int)decided_cells[--decided_count]] = 0;
  while (ruled_out_count > ruled_out_before) {
    struct ruled_out *last = ruled_out + --ruled_out_count;
    struct board *board = last->board;
    int cell = last->cell;
    board->may_stand[cell] = 1;
    choices[cell]++;
    board->places[(int)row_of[cell]]++;
    board->places[(int)column_of[cell]]++;
    board->places[(int)box_of[cell]]++;
  }
  finding_count = 0;
  next_finding = 0;
}

/* The open cell with the fewest choices, -1 when all are decided. */
static int most_constrained_cell(void) {
  int best = -1;
  int fewest = size + 1;
  for (int cell = 0; cell < cell_count; cell++) {
    if (!decided[cell] && choices[cell] < fewest) {
      best = cell;
      fewest = choices[cell];
    }
  }
  return best;
}

/* Decides all open cells; returns 0 when there is no way. */
static int search(void) {
  for (;;) {
    int cell = most_constrained_cell();
    if (cell < 0) return 1;
    struct board *board = boards;
    while (!board->may_stand[cell]) board++;
    int decided_before = decided_count;
    int ruled_out_before = ruled_out_count;
    printf("guess: ");
    if (decide(board, cell) && propagate() && search()) return 1;
    take_back(decided_before, ruled_out_before);
    printf("so not: ");
    print_cell(cell);
    printf(" = %d\n", digit_of(board));
    if (!rule_out(board, cell) || !propagate()) return 0;
  }
}

/* Reads the given digits; returns 0 on a contradiction. */
static int read_grid(const char *input) {
  for (int cell = 0; cell < cell_count && *input; input++) {
    if (*input >= '1' && *input <= '9') {
      struct board *board = boards + (*input - '1');
      if (decided[cell]) {
        if (decided[cell] != digit_of(board)) return 0;
      } else {
        if (!board->may_stand[cell]) return 0;
        printf("given: ");
        if (!decide(board, cell)) return 0;
      }
      cell++;
    } else if (*input == '.' || *input == '0') {
      cell++;
    }
  }
  return 1;
}

void compute(const char *input) {
  put_up_units();
  if (read_grid(input) && propagate() && search()) {
    print_grid();
  } else {
    puts("no solution");
  }
}
