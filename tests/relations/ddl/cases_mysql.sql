-- 12 tables for MySQL. Types, NOT NULL and keys are what the rows at hand show.
-- Date-times are UTC.

-- 20 rows
CREATE TABLE artists (
  id BIGINT NOT NULL,
  name VARCHAR(9) NOT NULL,
  PRIMARY KEY (id)
);

-- 40 rows
CREATE TABLE devices (
  device_id VARCHAR(5) NOT NULL,
  maker VARCHAR(1) NOT NULL
  -- No column, and no pair of columns, was found to be a key.
);

-- 120 rows
CREATE TABLE logins (
  login_id BIGINT NOT NULL,
  device_id VARCHAR(5) NOT NULL,
  PRIMARY KEY (login_id)
  -- device_id is not different in every row of devices: no foreign key. It would be:
  --   FOREIGN KEY (device_id) REFERENCES devices (device_id)
);

-- 200 rows
CREATE TABLE tracks (
  track_id BIGINT NOT NULL,
  artist BIGINT NOT NULL,
  title VARCHAR(13) NOT NULL,
  ms INT NOT NULL,
  PRIMARY KEY (track_id),
  FOREIGN KEY (artist) REFERENCES artists (id)
);

-- 60 rows
CREATE TABLE users (
  user_id VARCHAR(5) NOT NULL,
  country VARCHAR(2) NOT NULL,
  signup_date DATE NOT NULL,
  age INT NOT NULL,
  PRIMARY KEY (user_id)
);

-- 90 rows
CREATE TABLE comments (
  id BIGINT NOT NULL,
  parent_id BIGINT,
  user_id VARCHAR(5) NOT NULL,
  text VARCHAR(19) NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (parent_id) REFERENCES comments (id),
  FOREIGN KEY (user_id) REFERENCES users (user_id)
);

-- 40 rows
CREATE TABLE `order` (
  `Order No` INT NOT NULL,
  `select` VARCHAR(1) NOT NULL,
  `user id` VARCHAR(5) NOT NULL,
  PRIMARY KEY (`Order No`),
  FOREIGN KEY (`user id`) REFERENCES users (user_id)
);

-- 30 rows
CREATE TABLE playlists (
  playlist_id BIGINT NOT NULL,
  playlist_owner VARCHAR(5) NOT NULL,
  public BOOLEAN NOT NULL,
  PRIMARY KEY (playlist_id),
  FOREIGN KEY (playlist_owner) REFERENCES users (user_id)
);

-- 350 rows
CREATE TABLE playlist_tracks (
  playlist_id BIGINT NOT NULL,
  track_id BIGINT NOT NULL,
  place INT NOT NULL,
  PRIMARY KEY (playlist_id, track_id),
  FOREIGN KEY (playlist_id) REFERENCES playlists (playlist_id),
  FOREIGN KEY (track_id) REFERENCES tracks (track_id)
);

-- 25 rows
CREATE TABLE profiles (
  user_id VARCHAR(5) NOT NULL,
  bio VARCHAR(7) NOT NULL,
  PRIMARY KEY (user_id),
  FOREIGN KEY (user_id) REFERENCES users (user_id)
);

-- 400 rows
CREATE TABLE sessions (
  session_id VARCHAR(5) NOT NULL,
  user_id VARCHAR(5),
  started_at DATETIME NOT NULL,
  minutes DOUBLE NOT NULL,
  rating INT NOT NULL,
  watched BOOLEAN NOT NULL,
  PRIMARY KEY (session_id)
  -- 6 rows have a user_id that is not in users: no foreign key. It would be:
  --   FOREIGN KEY (user_id) REFERENCES users (user_id)
);

-- 30 rows
CREATE TABLE weather (
  day DATE NOT NULL,
  degrees DOUBLE NOT NULL,
  PRIMARY KEY (day)
);
