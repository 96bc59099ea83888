PRAGMA application_id = 1885759348;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE benchmark (  id INTEGER PRIMARY KEY,  suite TEXT NOT NULL,  name TEXT NOT NULL,  params TEXT NOT NULL,  UNIQUE (suite, name, params)) STRICT;
INSERT INTO "benchmark" VALUES(1,'p','BenchmarkA','{}');
INSERT INTO "benchmark" VALUES(2,'p','BenchmarkB','{}');
CREATE TABLE hardware (  id INTEGER PRIMARY KEY,  fingerprint TEXT NOT NULL,  name TEXT NOT NULL,  name_given INTEGER NOT NULL,  arch TEXT,  cpu_vendor TEXT,  cpu_family TEXT,  cpu_model TEXT,  cpu_stepping TEXT,  cpu_name TEXT,  cpus INTEGER NOT NULL,  gpus TEXT NOT NULL) STRICT;
INSERT INTO "hardware" VALUES(1,'95eb93093cda9059f8b2b731a72c593f','amd-epyc-7763-4c',0,'x86_64','AuthenticAMD','25','1','1','AMD EPYC 7763 64-Core Processor',4,'');
CREATE TABLE measurement (  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,  series INTEGER NOT NULL REFERENCES series,  number INTEGER NOT NULL,  process INTEGER NOT NULL,  position INTEGER NOT NULL,  n INTEGER NOT NULL,  median REAL,  low REAL,  samples BLOB NOT NULL,  is_summary INTEGER NOT NULL,  value REAL,  lower REAL,  upper REAL,  level REAL,  standard_error REAL,  standard_deviation REAL,  minimum REAL,  maximum REAL,  observations REAL,  resolution REAL,  written_unit TEXT NOT NULL,  written TEXT,  events REAL NOT NULL,  trials REAL NOT NULL,  error TEXT NOT NULL,  budget TEXT NOT NULL,  budget_crossed INTEGER NOT NULL,  file TEXT NOT NULL,  line INTEGER NOT NULL,  PRIMARY KEY (run, series, number),  FOREIGN KEY (run, process) REFERENCES process (run, number)    ON DELETE CASCADE) STRICT, WITHOUT ROWID;
INSERT INTO "measurement" VALUES(1,1,0,0,0,4,1.0e-07,9.90000000000001453403e-08,X'48AFBC9AF2D77A3EA34A5DCAAA1C7B3EEE131C6B3A937A3E48AFBC9AF2D77A3E',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ns/op','100
101
99
100',0.0,0.0,'','',0,'go1.txt',4);
INSERT INTO "measurement" VALUES(1,2,0,0,1,3,5.0e-09,5.0e-09,X'3A8C30E28E79353EDF413ADC11C5393E3A8C30E28E79353E',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ns/op','5
6
5',0.0,0.0,'','',0,'go1.txt',8);
INSERT INTO "measurement" VALUES(2,3,0,0,0,4,1.205e-07,1.19000000000000006792e-07,X'2B69A4292B1B803ED9B67441873D803EFC36A8239EF17F3E86044559E35F803E',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ns/op','120
121
119
122',0.0,0.0,'','',0,'go2.txt',4);
INSERT INTO "measurement" VALUES(2,4,0,0,1,3,5.0e-09,5.0e-09,X'3A8C30E28E79353EDF413ADC11C5393E3A8C30E28E79353E',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ns/op','5
6
5',0.0,0.0,'','',0,'go2.txt',8);
CREATE TABLE process (  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,  number INTEGER NOT NULL,  round INTEGER NOT NULL,  time INTEGER NOT NULL,  PRIMARY KEY (run, number)) STRICT, WITHOUT ROWID;
INSERT INTO "process" VALUES(1,0,0,1795168801000000000);
INSERT INTO "process" VALUES(2,0,0,1795168802000000000);
CREATE TABLE revision (  id INTEGER PRIMARY KEY,  sha TEXT NOT NULL,  tree TEXT NOT NULL,  subject TEXT NOT NULL,  time INTEGER NOT NULL,  named INTEGER NOT NULL,  UNIQUE (sha, tree, subject, time, named)) STRICT;
INSERT INTO "revision" VALUES(1,'v1','','',0,1);
INSERT INTO "revision" VALUES(2,'v2','','',0,1);
CREATE TABLE run (  id INTEGER PRIMARY KEY,  revision INTEGER NOT NULL REFERENCES revision,  hardware INTEGER NOT NULL REFERENCES hardware,  time INTEGER NOT NULL,  branch TEXT NOT NULL,  merged TEXT NOT NULL,  dirty INTEGER NOT NULL,  tool TEXT NOT NULL,  source TEXT NOT NULL,  digest TEXT NOT NULL,  label TEXT NOT NULL,  failure TEXT NOT NULL,  recorded TEXT NOT NULL,  facts TEXT NOT NULL,  n_series INTEGER NOT NULL,  n_measurements INTEGER NOT NULL,  n_warnings INTEGER NOT NULL,  n_failed INTEGER NOT NULL) STRICT;
INSERT INTO "run" VALUES(1,1,1,1795168801000000000,'','',0,'gobench','go1.txt','40fbfe6ee408f8567ff5b025c3354e75@1795168801000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{"note":["x","y"],"goos":"linux","goarch":"amd64"}',2,7,0,0);
INSERT INTO "run" VALUES(2,2,1,1795168802000000000,'','',0,'gobench','go2.txt','797bb6f5b97d06091496402ae930e5f5@1795168802000000000 go=1.23','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{"goos":"linux","goarch":"amd64"}',2,7,0,0);
CREATE TABLE series (  id INTEGER PRIMARY KEY,  key TEXT NOT NULL,  benchmark INTEGER NOT NULL REFERENCES benchmark,  metric TEXT NOT NULL,  unit TEXT NOT NULL,  better TEXT NOT NULL,  variant TEXT NOT NULL,  exact INTEGER NOT NULL,  derived INTEGER NOT NULL,  UNIQUE (key, unit, better, exact, derived)) STRICT;
INSERT INTO "series" VALUES(1,'pBenchmarkAtime',1,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(2,'pBenchmarkBtime',2,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(3,'pBenchmarkAgo=1.23time',1,'time','s','lower','{"go":"1.23"}',0,0);
INSERT INTO "series" VALUES(4,'pBenchmarkBgo=1.23time',2,'time','s','lower','{"go":"1.23"}',0,0);
CREATE INDEX revision_tree ON revision (tree);
CREATE INDEX hardware_fingerprint ON hardware (fingerprint);
CREATE INDEX run_revision ON run (revision);
CREATE INDEX run_hardware ON run (hardware, time);
CREATE INDEX run_digest ON run (digest);
CREATE INDEX series_benchmark ON series (benchmark);
CREATE INDEX measurement_history  ON measurement (series, run, number, median, low, n);
COMMIT;
