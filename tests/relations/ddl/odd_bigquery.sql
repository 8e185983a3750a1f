-- 4 tables for BigQuery. Types, NOT NULL and keys are what the rows at hand show.
-- Date-times are UTC.
-- BigQuery does not check keys; its optimiser takes them for true.

-- 2 rows
CREATE TABLE `Group Table` (
  `select` STRING NOT NULL,
  `day of week` DATE NOT NULL,
  `yes no` BOOL NOT NULL,
  select_ INT64 NOT NULL,
  PRIMARY KEY (`day of week`) NOT ENFORCED
);

-- 2 rows
CREATE TABLE a (
  a_id INT64 NOT NULL,
  b_id INT64 NOT NULL,
  big INT64 NOT NULL,
  note STRING,
  PRIMARY KEY (a_id) NOT ENFORCED
  -- x.y is not different in every row of odd "quotes` here: no foreign key. It would be:
  --   FOREIGN KEY (a_id) REFERENCES `odd _quotes_ here` (x_y) NOT ENFORCED
);

-- 2 rows
CREATE TABLE b (
  b_id INT64 NOT NULL,
  a_id INT64 NOT NULL,
  taken TIMESTAMP NOT NULL,
  share FLOAT64 NOT NULL,
  PRIMARY KEY (b_id) NOT ENFORCED,
  FOREIGN KEY (a_id) REFERENCES a (a_id) NOT ENFORCED
);

-- 3 rows
CREATE TABLE `odd _quotes_ here` (
  x_y INT64 NOT NULL,
  `a -- b` INT64 NOT NULL,
  FOREIGN KEY (x_y) REFERENCES a (a_id) NOT ENFORCED
  -- No column, and no pair of columns, was found to be a key.
);

ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b (b_id) NOT ENFORCED;
