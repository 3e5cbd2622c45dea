CREATE USER IF NOT EXISTS shop@'%' IDENTIFIED BY 'mysql-secret';
CREATE ROLE IF NOT EXISTS clerk;
GRANT SELECT ON app.* TO clerk;
GRANT ALL ON app.* TO shop@'%';
GRANT clerk TO shop@'%';
SET DEFAULT ROLE clerk TO shop@'%';
SET cte_max_recursion_depth = 100000;
CREATE TABLE orders (
  id int AUTO_INCREMENT PRIMARY KEY, customer varchar(50) CHARACTER SET latin1 NOT NULL,
  amount decimal(10, 2) DEFAULT 0, at timestamp DEFAULT current_timestamp, ratio double, small float,
  document json, bytes blob, bits bit(5), place point, kind enum('a', 'b'), day date,
  moment datetime(6), year_ year, ident binary(16) DEFAULT (UUID_TO_BIN(UUID())), twice decimal(12, 2) AS (amount * 2) VIRTUAL,
  note text CHARACTER SET utf8mb4, hidden int DEFAULT 7 INVISIBLE, KEY (customer), KEY twofold ((amount * 2)));
CREATE TABLE items (id int AUTO_INCREMENT PRIMARY KEY, order_id int,
  CONSTRAINT items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE);
CREATE TABLE `We ird"N'ame` (a int, `c``ol` varchar(10));
CREATE TABLE nothing (n int);
CREATE VIEW order_ids AS SELECT id FROM orders;
INSERT INTO `We ird"N'ame` VALUES (1, NULL), (2, 'N'), (2, 'null');
INSERT INTO orders (customer, amount, ratio, small, document, bytes, bits, place, kind, day, moment, year_, note)
  WITH RECURSIVE numbers (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM numbers WHERE seq < 3000)
  SELECT CONCAT('kü', seq), seq * 1.01, seq / 3, seq / 7, JSON_OBJECT('n', seq), X'00ff27', b'101', POINT(seq, 1), 'b',
         '2020-02-02', '2020-02-02 02:02:02.123456', 2020, CONCAT('😀', seq)
    FROM numbers;
INSERT INTO items (order_id) SELECT id FROM orders LIMIT 100;
DELIMITER //
CREATE PROCEDURE one() BEGIN SELECT 1; END//
CREATE FUNCTION five() RETURNS int DETERMINISTIC RETURN 5//
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DO SELECT 1//
CREATE TRIGGER items_before BEFORE INSERT ON items FOR EACH ROW SET NEW.order_id = NEW.order_id//
DELIMITER ;
