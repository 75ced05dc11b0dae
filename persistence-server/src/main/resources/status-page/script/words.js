// What the labels of reasons mean. A label without an entry here is shown as it is.

const FLUSH_REASONS = {
  count: "enough records of one type",
  bytes: "enough bytes",
  age: "the flush interval passed",
  request: "a request asked for it",
  full: "the buffer was full",
  drain: "the service was stopping",
};

const LOSS_REASONS = {
  unreachable: "the database is out of reach",
  connection: "the connection broke",
  unknown_outcome: "no answer to the commit: not known whether written",
  conflict: "deadlock or lock wait, also when tried again",
  read_only: "the database is read-only",
  no_space: "the table or disk is full",
  privilege: "the database user lacks a right",
  schema: "a table or column is gone",
  shutdown: "the service stopped first",
  database: "another error of the database",
  unexpected: "an unforeseen failure; see the log",
};

const REFUSAL_REASONS = {
  null: "NULL where the column takes none",
  duplicate: "duplicate of a unique key",
  foreign_key: "the row it refers to is missing",
  out_of_range: "number or time out of range",
  too_long: "too long for its column",
  invalid_value: "not a value of the column's type",
  check: "a check constraint does not allow it",
  trigger: "a trigger refused it",
  too_large: "larger than the database takes",
  other: "another reason; see the log",
};

/** What becomes of batches that the database cannot take, by the setting buffer.on-database-failure. */
const ON_DATABASE_FAILURE = {
  drop: "Batches that fall due meanwhile are lost.",
  hold: "A batch that falls due is held and tried again for a while.",
  "dead-letter": "Batches that fall due meanwhile go to the dead-letter files.",
};

const LOSSES = { lost: LOSS_REASONS, refused: REFUSAL_REASONS };
