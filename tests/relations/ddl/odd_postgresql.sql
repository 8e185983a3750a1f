-- 4 tables for PostgreSQL. Types, NOT NULL and keys are what the rows at hand show.
-- Date-times are UTC.

-- 2 rows
CREATE TABLE "Group Table" (
  "select" TEXT NOT NULL,
  "day of week" DATE NOT NULL,
  "yes no" BOOLEAN NOT NULL,
  select_ INTEGER NOT NULL,
  PRIMARY KEY ("day of week")
);

-- 2 rows
CREATE TABLE a (
  a_id BIGINT NOT NULL,
  b_id BIGINT NOT NULL,
  big BIGINT NOT NULL,
  note TEXT,
  PRIMARY KEY (a_id)
  -- x.y is not different in every row of odd "quotes` here: no foreign key. It would be:
  --   FOREIGN KEY (a_id) REFERENCES "odd ""quotes` here" ("x.y")
);

-- 2 rows
CREATE TABLE b (
  b_id BIGINT NOT NULL,
  a_id BIGINT NOT NULL,
  taken TIMESTAMP NOT NULL,
  share DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (b_id),
  FOREIGN KEY (a_id) REFERENCES a (a_id)
);

-- 3 rows
CREATE TABLE "odd ""quotes` here" (
  "x.y" BIGINT NOT NULL,
  "a -- b" INTEGER NOT NULL,
  FOREIGN KEY ("x.y") REFERENCES a (a_id)
  -- No column, and no pair of columns, was found to be a key.
);

ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b (b_id);
