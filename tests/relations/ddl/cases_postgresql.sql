-- 12 tables for PostgreSQL. Types, NOT NULL and keys are what the rows at hand show.
-- Date-times are UTC.

-- 20 rows
CREATE TABLE artists (
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (id)
);

-- 40 rows
CREATE TABLE devices (
  device_id TEXT NOT NULL,
  maker TEXT NOT NULL
  -- No column, and no pair of columns, was found to be a key.
);

-- 120 rows
CREATE TABLE logins (
  login_id BIGINT NOT NULL,
  device_id TEXT NOT NULL,
  PRIMARY KEY (login_id)
  -- device_id is not different in every row of devices: no foreign key. It would be:
  --   FOREIGN KEY (device_id) REFERENCES devices (device_id)
);

-- 200 rows
CREATE TABLE tracks (
  track_id BIGINT NOT NULL,
  artist BIGINT NOT NULL,
  title TEXT NOT NULL,
  ms INTEGER NOT NULL,
  PRIMARY KEY (track_id),
  FOREIGN KEY (artist) REFERENCES artists (id)
);

-- 60 rows
CREATE TABLE users (
  user_id TEXT NOT NULL,
  country TEXT NOT NULL,
  signup_date DATE NOT NULL,
  age INTEGER NOT NULL,
  PRIMARY KEY (user_id)
);

-- 90 rows
CREATE TABLE comments (
  id BIGINT NOT NULL,
  parent_id BIGINT,
  user_id TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (parent_id) REFERENCES comments (id),
  FOREIGN KEY (user_id) REFERENCES users (user_id)
);

-- 40 rows
CREATE TABLE "order" (
  "Order No" INTEGER NOT NULL,
  "select" TEXT NOT NULL,
  "user id" TEXT NOT NULL,
  PRIMARY KEY ("Order No"),
  FOREIGN KEY ("user id") REFERENCES users (user_id)
);

-- 30 rows
CREATE TABLE playlists (
  playlist_id BIGINT NOT NULL,
  playlist_owner TEXT NOT NULL,
  public BOOLEAN NOT NULL,
  PRIMARY KEY (playlist_id),
  FOREIGN KEY (playlist_owner) REFERENCES users (user_id)
);

-- 350 rows
CREATE TABLE playlist_tracks (
  playlist_id BIGINT NOT NULL,
  track_id BIGINT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (playlist_id, track_id),
  FOREIGN KEY (playlist_id) REFERENCES playlists (playlist_id),
  FOREIGN KEY (track_id) REFERENCES tracks (track_id)
);

-- 25 rows
CREATE TABLE profiles (
  user_id TEXT NOT NULL,
  bio TEXT NOT NULL,
  PRIMARY KEY (user_id),
  FOREIGN KEY (user_id) REFERENCES users (user_id)
);

-- 400 rows
CREATE TABLE sessions (
  session_id TEXT NOT NULL,
  user_id TEXT,
  started_at TIMESTAMP NOT NULL,
  minutes DOUBLE PRECISION NOT NULL,
  rating INTEGER NOT NULL,
  watched BOOLEAN NOT NULL,
  PRIMARY KEY (session_id)
  -- 6 rows have a user_id that is not in users: no foreign key. It would be:
  --   FOREIGN KEY (user_id) REFERENCES users (user_id)
);

-- 30 rows
CREATE TABLE weather (
  day DATE NOT NULL,
  degrees DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (day)
);
