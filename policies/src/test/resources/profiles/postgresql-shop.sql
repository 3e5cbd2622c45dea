DO $$ BEGIN CREATE ROLE shop LOGIN PASSWORD 'shop'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE orders (
  id serial PRIMARY KEY, customer text NOT NULL, amount numeric(10, 2) DEFAULT 0, ratio float8,
  at timestamptz DEFAULT now(), tags text[], document jsonb, bytes bytea, mood mood,
  status varchar(10) CHECK (status IN ('open', 'paid')));
CREATE INDEX ON orders (customer);
ALTER TABLE orders OWNER TO shop;
CREATE TABLE lines (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  twice bigint GENERATED ALWAYS AS (2 * 21) STORED, made date);
CREATE TABLE "We ird.Name" (a int, "t" text, muster_row text);
INSERT INTO "We ird.Name" VALUES (1, NULL, 'x'), (2, 'null', 'y'), (2, 'null', 'y');
CREATE TABLE nothing ();
CREATE TABLE parts (kind int, value text) PARTITION BY LIST (kind);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
INSERT INTO parts VALUES (1, 'x');
CREATE VIEW order_ids AS SELECT id FROM orders WHERE status IN ('open');
CREATE MATERIALIZED VIEW order_count AS SELECT count(*) FROM orders;
CREATE EXTENSION pg_trgm;
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
SELECT lo_from_bytea(0, decode(repeat('ab', 5000), 'hex'));
INSERT INTO orders (customer, amount, ratio, tags, document, bytes, mood, status)
  SELECT 'customer ' || i, i * 1.01, i / 3.0, ARRAY['a', NULL, 'b'], '{"a": 1}', '\x00ff', 'good', 'open'
    FROM generate_series(1, 3000) i;
INSERT INTO lines (made) SELECT date '2026-01-01' + i FROM generate_series(1, 100) i;
