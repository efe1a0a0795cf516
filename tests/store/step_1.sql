-- A store as version 0.1.0 made it before there was a step 2: the statements of step 1 as they were released, and two
-- reports with three claims. Never changed: it stands for the stores that people have.
CREATE TABLE migrations (step INTEGER PRIMARY KEY, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL);
CREATE TABLE reports (
    n INTEGER PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, title VARCHAR, outlet VARCHAR, url VARCHAR,
    published DATE, language VARCHAR NOT NULL, boilerplate VARCHAR NOT NULL, sample BOOLEAN NOT NULL,
    "text" VARCHAR NOT NULL);
CREATE TABLE places (
    "key" VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, lat DOUBLE NOT NULL, lon DOUBLE NOT NULL,
    "precision" VARCHAR NOT NULL, radius_km DOUBLE NOT NULL, country VARCHAR, geonameid BIGINT,
    geometry VARCHAR, found_by VARCHAR NOT NULL, source VARCHAR NOT NULL, derived_from VARCHAR,
    where_prec INTEGER NOT NULL);
CREATE TABLE claims (
    n INTEGER PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, report INTEGER NOT NULL, kind VARCHAR NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, exact VARCHAR NOT NULL,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
    claimant VARCHAR, claimant_text VARCHAR, side VARCHAR, confidence DOUBLE NOT NULL,
    number VARCHAR, low BIGINT, high BIGINT, low_open BOOLEAN NOT NULL, high_open BOOLEAN NOT NULL,
    approx BOOLEAN NOT NULL, modifier VARCHAR, unit VARCHAR, count_kind VARCHAR, whose VARCHAR,
    whose_text VARCHAR, form VARCHAR, mode VARCHAR, cue VARCHAR, addressee VARCHAR,
    spans VARCHAR NOT NULL);
CREATE TABLE claim_places (
    claim INTEGER NOT NULL, position INTEGER NOT NULL, "text" VARCHAR NOT NULL, "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL, place_key VARCHAR, role VARCHAR NOT NULL, confidence DOUBLE NOT NULL,
    "first" BOOLEAN NOT NULL);
CREATE TABLE claim_actors (
    claim INTEGER NOT NULL, role VARCHAR NOT NULL, position INTEGER NOT NULL, name VARCHAR NOT NULL);
INSERT INTO migrations VALUES (1, 'reports, places and claims', TIMESTAMP '2026-01-05 10:00:00');
INSERT INTO reports VALUES
    (1, 'a1', 'First', 'Desk', NULL, DATE '2021-04-14', 'en', '[]', false, 'Kyiv counted 500 troops in Crimea.'),
    (2, 'b2', 'Second', NULL, 'https://example.org', NULL, 'en', '[[0, 4]]', true, 'Moscow warned. Two tanks came.');
INSERT INTO places VALUES
    ('tbl:crimea', 'Crimea', 45.3, 34.4, 'region', 160.0, 'UA', NULL, NULL, 'name', 'own table', NULL, 4);
INSERT INTO claims VALUES
    (1, 'c1', 1, 'count', 13, 23, '500 troops', 0, 34, 'Ukraine', 'Kyiv', 'Ukraine', 0.9, '500', 500, 500, false, false,
     false, NULL, 'troops', 'personnel', 'Russia', NULL, NULL, NULL, NULL, NULL, '{"content": [[13, 23]]}'),
    (2, 'c2', 2, 'statement', 0, 13, 'Moscow warned', 0, 14, 'Russia', 'Moscow', 'Russia', 0.8, NULL, NULL, NULL, false,
     false, false, NULL, NULL, NULL, NULL, NULL, 'indirect', 'warn', 'warned', NULL, '{"content": [[0, 13]]}'),
    (3, 'c3', 2, 'count', 15, 24, 'Two tanks', 15, 30, 'reporter', NULL, NULL, 0.7, 'Two', 2, 2, false, false,
     false, NULL, 'tanks', 'equipment', NULL, NULL, NULL, NULL, NULL, NULL, '{"content": [[15, 24]]}');
INSERT INTO claim_places VALUES (1, 0, 'Crimea', 27, 33, 'tbl:crimea', 'event', 0.9, true);
INSERT INTO claim_actors VALUES
    (1, 'claimant', 0, 'Ukraine'), (1, 'side', 0, 'Ukraine'), (1, 'whose', 0, 'Russia'), (2, 'claimant', 0, 'Russia'),
    (2, 'side', 0, 'Russia'), (3, 'claimant', 0, 'reporter');
