-- 12 tables for BigQuery. Types, NOT NULL and keys are what the rows at hand show.
-- Date-times are UTC.
-- BigQuery does not check keys; its optimiser takes them for true.

-- 20 rows
CREATE TABLE artists (
  id INT64 NOT NULL,
  name STRING NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
);

-- 40 rows
CREATE TABLE devices (
  device_id STRING NOT NULL,
  maker STRING NOT NULL
  -- No column, and no pair of columns, was found to be a key.
);

-- 120 rows
CREATE TABLE logins (
  login_id INT64 NOT NULL,
  device_id STRING NOT NULL,
  PRIMARY KEY (login_id) NOT ENFORCED
  -- device_id is not different in every row of devices: no foreign key. It would be:
  --   FOREIGN KEY (device_id) REFERENCES devices (device_id) NOT ENFORCED
);

-- 200 rows
CREATE TABLE tracks (
  track_id INT64 NOT NULL,
  artist INT64 NOT NULL,
  title STRING NOT NULL,
  ms INT64 NOT NULL,
  PRIMARY KEY (track_id) NOT ENFORCED,
  FOREIGN KEY (artist) REFERENCES artists (id) NOT ENFORCED
);

-- 60 rows
CREATE TABLE users (
  user_id STRING NOT NULL,
  country STRING NOT NULL,
  signup_date DATE NOT NULL,
  age INT64 NOT NULL,
  PRIMARY KEY (user_id) NOT ENFORCED
);

-- 90 rows
CREATE TABLE comments (
  id INT64 NOT NULL,
  parent_id INT64,
  user_id STRING NOT NULL,
  text STRING NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED,
  FOREIGN KEY (parent_id) REFERENCES comments (id) NOT ENFORCED,
  FOREIGN KEY (user_id) REFERENCES users (user_id) NOT ENFORCED
);

-- 40 rows
CREATE TABLE `order` (
  `Order No` INT64 NOT NULL,
  `select` STRING NOT NULL,
  `user id` STRING NOT NULL,
  PRIMARY KEY (`Order No`) NOT ENFORCED,
  FOREIGN KEY (`user id`) REFERENCES users (user_id) NOT ENFORCED
);

-- 30 rows
CREATE TABLE playlists (
  playlist_id INT64 NOT NULL,
  playlist_owner STRING NOT NULL,
  public BOOL NOT NULL,
  PRIMARY KEY (playlist_id) NOT ENFORCED,
  FOREIGN KEY (playlist_owner) REFERENCES users (user_id) NOT ENFORCED
);

-- 350 rows
CREATE TABLE playlist_tracks (
  playlist_id INT64 NOT NULL,
  track_id INT64 NOT NULL,
  place INT64 NOT NULL,
  PRIMARY KEY (playlist_id, track_id) NOT ENFORCED,
  FOREIGN KEY (playlist_id) REFERENCES playlists (playlist_id) NOT ENFORCED,
  FOREIGN KEY (track_id) REFERENCES tracks (track_id) NOT ENFORCED
);

-- 25 rows
CREATE TABLE profiles (
  user_id STRING NOT NULL,
  bio STRING NOT NULL,
  PRIMARY KEY (user_id) NOT ENFORCED,
  FOREIGN KEY (user_id) REFERENCES users (user_id) NOT ENFORCED
);

-- 400 rows
CREATE TABLE sessions (
  session_id STRING NOT NULL,
  user_id STRING,
  started_at TIMESTAMP NOT NULL,
  minutes FLOAT64 NOT NULL,
  rating INT64 NOT NULL,
  watched BOOL NOT NULL,
  PRIMARY KEY (session_id) NOT ENFORCED
  -- 6 rows have a user_id that is not in users: no foreign key. It would be:
  --   FOREIGN KEY (user_id) REFERENCES users (user_id) NOT ENFORCED
);

-- 30 rows
CREATE TABLE weather (
  day DATE NOT NULL,
  degrees FLOAT64 NOT NULL,
  PRIMARY KEY (day) NOT ENFORCED
);
