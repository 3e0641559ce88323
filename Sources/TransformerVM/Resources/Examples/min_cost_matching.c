/*
 * Minimum-cost perfect matching of n workers and n jobs: the Hungarian algorithm with potentials, O(n³).
 * Input: n, then the n × n costs row by row.
 */
enum { largest = 16, infinity = 1000000000 };

static int cost[largest + 1][largest + 1];
static int worker_potential[largest + 1];
static int job_potential[largest + 1];
/* The worker of each job; 0 where it has none. Job 0 holds the worker that is being matched. */
static int worker_of[largest + 1];
/* The job before each job on the cheapest alternating path. */
static int previous_job[largest + 1];
/* The least reduced cost at which each job can be reached. */
static int distance[largest + 1];
static char is_reached[largest + 1];

/* Grows the alternating tree from `worker` until it reaches a free job; returns that job. */
static int find_free_job(int n, int worker) {
  for (int job = 0; job <= n; job++) {
    distance[job] = infinity;
    is_reached[job] = 0;
  }
  worker_of[0] = worker;
  int job = 0;
  do {
    is_reached[job] = 1;
    int from = worker_of[job];
    int nearest = 0;
    int step = infinity;
    for (int next = 1; next <= n; next++) {
      if (is_reached[next]) continue;
      int reduced = cost[from][next] - worker_potential[from] - job_potential[next];
      if (reduced < distance[next]) {
        distance[next] = reduced;
        previous_job[next] = job;
      }
      if (distance[next] < step) {
        step = distance[next];
        nearest = next;
      }
    }
    for (int other = 0; other <= n; other++) {
      if (is_reached[other]) {
        worker_potential[worker_of[other]] += step;
        job_potential[other] -= step;
      } else {
        distance[other] -= step;
      }
    }
    job = nearest;
  } while (worker_of[job] != 0);
  return job;
}

/* Shifts the workers along the path that ends at the free `job`. */
static void augment(int job) {
  while (job != 0) {
    int previous = previous_job[job];
    worker_of[job] = worker_of[previous];
    job = previous;
  }
}

static const char *read_number(const char *text, int *number) {
  while (*text && !isdigit(*text) && *text != '-') text++;
  if (sscanf(text, "%d", number) != 1) return NULL;
  if (*text == '-') text++;
  while (isdigit(*text)) text++;
  return text;
}

void compute(const char *input) {
  int n;
  const char *text = read_number(input, &n);
  if (!text || n < 1 || n > largest) {
    printf("expected a size from 1 to %d\n", largest);
    return;
  }
  for (int worker = 1; worker <= n; worker++) {
    for (int job = 1; job <= n; job++) {
      text = read_number(text, &cost[worker][job]);
      if (!text) {
        printf("expected %d x %d costs\n", n, n);
        return;
      }
    }
  }

  for (int worker = 1; worker <= n; worker++) {
    int job = find_free_job(n, worker);
    augment(job);
    printf("worker %d joins, cost so far %d\n", worker, -job_potential[0]);
  }

  for (int job = 1; job <= n; job++) {
    printf("job %d: worker %d, cost %d\n", job, worker_of[job], cost[worker_of[job]][job]);
  }
  printf("total cost %d\n", -job_potential[0]);
}
