PRAGMA application_id = 1885759348;
PRAGMA user_version = 6;
BEGIN TRANSACTION;
CREATE TABLE baseline (  name TEXT NOT NULL,  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,  saved INTEGER NOT NULL,  PRIMARY KEY (name, run)) STRICT, WITHOUT ROWID;
INSERT INTO "baseline" VALUES('main',4,1795262400000000000);
INSERT INTO "baseline" VALUES('release',1,1795262400000000000);
INSERT INTO "baseline" VALUES('release',3,1795262400000000000);
CREATE TABLE baseline_change (  id INTEGER PRIMARY KEY,  name TEXT NOT NULL,  fingerprint TEXT NOT NULL,  profile TEXT NOT NULL,  time INTEGER NOT NULL,  how TEXT NOT NULL,  revision TEXT NOT NULL,  n_runs INTEGER NOT NULL,  UNIQUE (name, fingerprint, time, how, revision, n_runs)) STRICT;
INSERT INTO "baseline_change" VALUES(1,'release','82232ebc2d91cb91ccfc7a2c8e42a3e2','lab',1795262400000000000,'saved','v1',1);
INSERT INTO "baseline_change" VALUES(2,'release','95eb93093cda9059f8b2b731a72c593f','amd-epyc-7763-4c',1795262400000000000,'saved','v1',1);
INSERT INTO "baseline_change" VALUES(3,'main','95eb93093cda9059f8b2b731a72c593f','amd-epyc-7763-4c',1795262400000000000,'saved','vone',1);
CREATE TABLE benchmark (  id INTEGER PRIMARY KEY,  suite TEXT NOT NULL,  name TEXT NOT NULL,  params TEXT NOT NULL,  UNIQUE (suite, name, params)) STRICT;
INSERT INTO "benchmark" VALUES(1,'p','BenchmarkA','{}');
INSERT INTO "benchmark" VALUES(2,'p','BenchmarkB','{}');
INSERT INTO "benchmark" VALUES(3,'','seq 1000','{"n":"1"}');
INSERT INTO "benchmark" VALUES(4,'','seq 2000','{"n":"2"}');
INSERT INTO "benchmark" VALUES(5,'','seq 3000','{"n":"3"}');
INSERT INTO "benchmark" VALUES(6,'','k6','{}');
INSERT INTO "benchmark" VALUES(7,'','items','{}');
INSERT INTO "benchmark" VALUES(8,'io','bits','{}');
INSERT INTO "benchmark" VALUES(9,'io','both','{}');
INSERT INTO "benchmark" VALUES(10,'io','decimal','{}');
INSERT INTO "benchmark" VALUES(11,'io','huge','{}');
INSERT INTO "benchmark" VALUES(12,'io','unknown','{}');
CREATE TABLE hardware (  id INTEGER PRIMARY KEY,  fingerprint TEXT NOT NULL,  name TEXT NOT NULL,  name_given INTEGER NOT NULL,  arch TEXT,  cpu_vendor TEXT,  cpu_family TEXT,  cpu_model TEXT,  cpu_stepping TEXT,  cpu_name TEXT,  cpus INTEGER NOT NULL,  gpus TEXT NOT NULL) STRICT;
INSERT INTO "hardware" VALUES(1,'95eb93093cda9059f8b2b731a72c593f','amd-epyc-7763-4c',0,'x86_64','AuthenticAMD','25','1','1','AMD EPYC 7763 64-Core Processor',4,'');
INSERT INTO "hardware" VALUES(2,'82232ebc2d91cb91ccfc7a2c8e42a3e2','lab',1,'x86_64','AuthenticAMD','25','1','1','AMD EPYC 7763 64-Core Processor',4,'');
CREATE TABLE judgement (  id INTEGER PRIMARY KEY,  time INTEGER NOT NULL,  base TEXT NOT NULL,  UNIQUE (time, base)) STRICT;
CREATE TABLE measurement (  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,  series INTEGER NOT NULL REFERENCES series,  number INTEGER NOT NULL,  process INTEGER NOT NULL,  position INTEGER NOT NULL,  n INTEGER NOT NULL,  median REAL,  low REAL,  samples BLOB NOT NULL,  is_summary INTEGER NOT NULL,  value REAL,  lower REAL,  upper REAL,  level REAL,  standard_error REAL,  standard_deviation REAL,  minimum REAL,  maximum REAL,  observations REAL,  resolution REAL,  written_unit TEXT NOT NULL,  written TEXT,  events REAL NOT NULL,  trials REAL NOT NULL,  error TEXT NOT NULL,  budget TEXT NOT NULL,  budget_crossed INTEGER NOT NULL,  file TEXT NOT NULL,  line INTEGER NOT NULL,  PRIMARY KEY (run, series, number),  FOREIGN KEY (run, process) REFERENCES process (run, number)    ON DELETE CASCADE) STRICT, WITHOUT ROWID;
INSERT INTO "measurement" VALUES(1,1,0,0,0,4,1.0e-07,9.90000000000001453403e-08,X'48AFBC9AF2D77A3EA34A5DCAAA1C7B3EEE131C6B3A937A3E48AFBC9AF2D77A3E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','100
101
99
100',0.0,0.0,'','',0,'go1.txt',4);
INSERT INTO "measurement" VALUES(1,2,0,0,1,3,5.0e-09,5.0e-09,X'3A8C30E28E79353EDF413ADC11C5393E3A8C30E28E79353E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','5
6
5',0.0,0.0,'','',0,'go1.txt',8);
INSERT INTO "measurement" VALUES(2,3,0,0,0,4,1.205e-07,1.19000000000000006792e-07,X'2B69A4292B1B803ED9B67441873D803EFC36A8239EF17F3E86044559E35F803E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','120
121
119
122',0.0,0.0,'','',0,'go2.txt',4);
INSERT INTO "measurement" VALUES(2,4,0,0,1,3,5.0e-09,5.0e-09,X'3A8C30E28E79353EDF413ADC11C5393E3A8C30E28E79353E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','5
6
5',0.0,0.0,'','',0,'go2.txt',8);
INSERT INTO "measurement" VALUES(3,5,0,0,0,10,0.0035063335,1.62698929374345806903e-03,X'4B43B30935E5583FD92D2DE3D9F75E3FCD1C0C215953703FB1209A678F91583FF416B9EE80C7643F0B8C27488D85703F9CE3C58A66DA683F698BEAFB101E743F929760311D4C703F82FF57640E5E703F',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'s','0.0015194910000000002
0.0018901470000000002
0.0039857370000000005
0.001499548
0.002536537
0.004033615
0.003033829
0.0049114860000000005
0.003978838
0.003995949',0.0,0.0,'','',0,'v1.15.0-params.json',3);
INSERT INTO "measurement" VALUES(3,6,0,0,1,0,0.0011201,NULL,X'',1,0.0011201,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'s','0.0011201',0.0,0.0,'','',0,'v1.15.0-params.json',3);
INSERT INTO "measurement" VALUES(3,7,0,0,2,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'s','0.0',0.0,0.0,'','',0,'v1.15.0-params.json',3);
INSERT INTO "measurement" VALUES(3,8,0,0,3,10,0.004038581,3.90852487833860152977e-03,X'28DD42C97738703F5DB675EE78BE6F3FD7622CDDA184703FF913B61B544D7E3F9CA2359CB8707E3FA8EC9159FFDF6F3F038F0F7DEE39753F54C292F9E76C703F4B80FACCE290703FE6B08939F90E753F',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'s','0.003960102
0.003875004
0.004032738
0.007397965
0.007431718
0.0038909900000000004
0.005182201
0.004010111
0.0040444240000000005
0.005141233',0.0,0.0,'','',0,'v1.15.0-params.json',40);
INSERT INTO "measurement" VALUES(3,9,0,0,4,0,0.0011288,NULL,X'',1,0.0011288,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'s','0.0011288',0.0,0.0,'','',0,'v1.15.0-params.json',40);
INSERT INTO "measurement" VALUES(3,10,0,0,5,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'s','0.0',0.0,0.0,'','',0,'v1.15.0-params.json',40);
INSERT INTO "measurement" VALUES(3,11,0,0,6,10,0.0039652925,2.53190279437938122256e-03,X'7595D2598467643F8C5071BE06B47C3FE38A35A3B92A753F825C541EEC33703F8BB11415E647703FF54297F621FD7B3F05FF653B025F613F5154D83AA82C693F32900CDEFC2B703F7103ABDBBA4A703F',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'s','0.002490767
0.0070076240000000005
0.005167699
0.003955767000000001
0.003974818000000001
0.006833203
0.002120499
0.003073052
0.003948200000000001
0.003977518',0.0,0.0,'','',0,'v1.15.0-params.json',77);
INSERT INTO "measurement" VALUES(3,12,0,0,7,0,1.11529999999999984185e-03,NULL,X'',1,1.11529999999999984185e-03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'s','0.0011152999999999998',0.0,0.0,'','',0,'v1.15.0-params.json',77);
INSERT INTO "measurement" VALUES(3,13,0,0,8,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'s','0.0',0.0,0.0,'','',0,'v1.15.0-params.json',77);
INSERT INTO "measurement" VALUES(4,1,0,0,0,1,1.0e-07,9.99999999999999425286e-08,X'48AFBC9AF2D77A3E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','100',0.0,0.0,'','',0,'one.txt',4);
INSERT INTO "measurement" VALUES(4,1,1,1,0,1,1.01e-07,1.01e-07,X'A34A5DCAAA1C7B3E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','101',0.0,0.0,'','',0,'one.txt',11);
INSERT INTO "measurement" VALUES(4,2,0,0,1,1,1.0e-07,9.99999999999999425286e-08,X'48AFBC9AF2D77A3E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','100',0.0,0.0,'','',0,'one.txt',5);
INSERT INTO "measurement" VALUES(4,2,1,1,1,1,1.02e-07,1.01999999999999947208e-07,X'FDE5FDF962617B3E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','102',0.0,0.0,'','',0,'one.txt',12);
INSERT INTO "measurement" VALUES(5,1,0,0,0,1,1.1e-07,1.10000000000000018834e-07,X'D0C0027724877D3E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','110',0.0,0.0,'','',0,'two.txt',4);
INSERT INTO "measurement" VALUES(5,1,1,1,0,1,1.12e-07,1.11999999999999930882e-07,X'84F743D694107E3E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','112',0.0,0.0,'','',0,'two.txt',11);
INSERT INTO "measurement" VALUES(5,2,0,0,1,1,1.0e-07,9.99999999999999425286e-08,X'48AFBC9AF2D77A3E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','100',0.0,0.0,'','',0,'two.txt',5);
INSERT INTO "measurement" VALUES(5,2,1,1,1,1,1.01e-07,1.01e-07,X'A34A5DCAAA1C7B3E',0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,'ns/op','101',0.0,0.0,'','',0,'two.txt',12);
INSERT INTO "measurement" VALUES(6,14,0,0,0,0,0.14257,NULL,X'',1,0.14257,NULL,NULL,NULL,NULL,NULL,0.08065,0.34729,300.0,NULL,'ms','142.57',0.0,0.0,'','',0,'k6.json',7);
INSERT INTO "measurement" VALUES(6,15,0,0,1,0,0.08065,NULL,X'',1,0.08065,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'ms','80.65',0.0,0.0,'','',0,'k6.json',7);
INSERT INTO "measurement" VALUES(6,16,0,0,2,0,0.1141,NULL,X'',1,0.1141,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'ms','114.1',0.0,0.0,'','',0,'k6.json',7);
INSERT INTO "measurement" VALUES(6,17,0,0,3,0,0.24455,NULL,X'',1,0.24455,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'ms','244.55',0.0,0.0,'','',0,'k6.json',7);
INSERT INTO "measurement" VALUES(6,18,0,0,4,0,0.26759,NULL,X'',1,0.26759,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'ms','267.59',0.0,0.0,'','',0,'k6.json',7);
INSERT INTO "measurement" VALUES(6,19,0,0,5,0,0.34729,NULL,X'',1,0.34729,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'ms','347.29',0.0,0.0,'','',0,'k6.json',7);
INSERT INTO "measurement" VALUES(6,20,0,0,6,0,120.0,NULL,X'',1,120.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'',NULL,0.0,0.0,'','',0,'k6.json',11);
INSERT INTO "measurement" VALUES(6,21,0,0,7,0,0.01,NULL,X'',1,0.01,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'','0.01',3.0,300.0,'','',0,'k6.json',14);
INSERT INTO "measurement" VALUES(6,22,0,0,8,0,0.99,NULL,X'',1,0.99,NULL,NULL,NULL,NULL,NULL,NULL,NULL,600.0,NULL,'','0.99',594.0,600.0,'','',0,'k6.json',24);
INSERT INTO "measurement" VALUES(6,23,0,0,9,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,0.0,0.0,300.0,NULL,'ms','0',0.0,0.0,'','',0,'k6.json',16);
INSERT INTO "measurement" VALUES(6,24,0,0,10,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'ms','0',0.0,0.0,'','',0,'k6.json',16);
INSERT INTO "measurement" VALUES(6,25,0,0,11,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'ms','0',0.0,0.0,'','',0,'k6.json',16);
INSERT INTO "measurement" VALUES(6,26,0,0,12,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'ms','0',0.0,0.0,'','',0,'k6.json',16);
INSERT INTO "measurement" VALUES(6,27,0,0,13,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'ms','0',0.0,0.0,'','',0,'k6.json',16);
INSERT INTO "measurement" VALUES(6,28,0,0,14,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,300.0,NULL,'ms','0',0.0,0.0,'','',0,'k6.json',16);
INSERT INTO "measurement" VALUES(6,29,0,0,15,0,50.0,NULL,X'',1,50.0,NULL,NULL,NULL,NULL,NULL,45.0,50.0,NULL,NULL,'','50',0.0,0.0,'','',0,'k6.json',18);
INSERT INTO "measurement" VALUES(6,30,0,0,16,0,18400.0,NULL,X'',1,18400.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,46000.0,NULL,'',NULL,0.0,0.0,'','',0,'k6.json',12);
INSERT INTO "measurement" VALUES(6,31,0,0,17,0,4.0,NULL,X'',1,4.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,10.0,NULL,'',NULL,0.0,0.0,'','',0,'k6.json',13);
INSERT INTO "measurement" VALUES(6,32,0,0,18,0,10.0,NULL,X'',1,10.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,10.0,NULL,'','10',0.0,0.0,'','',0,'k6.json',13);
INSERT INTO "measurement" VALUES(6,33,0,0,19,0,0.0015,NULL,X'',1,0.0015,NULL,NULL,NULL,NULL,NULL,0.001,0.003,NULL,NULL,'ms','1.5',0.0,0.0,'','',0,'k6.json',9);
INSERT INTO "measurement" VALUES(6,34,0,0,20,0,0.001,NULL,X'',1,0.001,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ms','1',0.0,0.0,'','',0,'k6.json',9);
INSERT INTO "measurement" VALUES(6,35,0,0,21,0,0.00125,NULL,X'',1,0.00125,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ms','1.25',0.0,0.0,'','',0,'k6.json',9);
INSERT INTO "measurement" VALUES(6,36,0,0,22,0,0.002,NULL,X'',1,0.002,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ms','2',0.0,0.0,'','',0,'k6.json',9);
INSERT INTO "measurement" VALUES(6,37,0,0,23,0,0.0025,NULL,X'',1,0.0025,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ms','2.5',0.0,0.0,'','',0,'k6.json',9);
INSERT INTO "measurement" VALUES(6,38,0,0,24,0,0.003,NULL,X'',1,0.003,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ms','3',0.0,0.0,'','',0,'k6.json',9);
INSERT INTO "measurement" VALUES(7,39,0,0,0,4,1.0e-08,9.66666666666666719951e-09,X'3A8C30E28E79453EA3F9B2A06F8C463EF4ED2E634EC2443E3A8C30E28E79453E',1,1.025e-08,9.75e-09,1.075e-08,0.95,1.25e-10,5.0e-10,NULL,NULL,4.0,NULL,'',NULL,0.0,0.0,'','',0,'crit/io/bits/new',0);
INSERT INTO "measurement" VALUES(7,40,0,0,1,4,800000000.0,8.27586206896550416987e+08,X'0000000084D7C7413DCFF33CDFB4C64135C2724FFBA9C8410000000084D7C741',1,7.80487804878048777599e+08,7.44186046511627912521e+08,8.20512820512820601447e+08,0.95,NULL,NULL,NULL,NULL,4.0,NULL,'',NULL,0.0,0.0,'','',0,'crit/io/bits/new',0);
INSERT INTO "measurement" VALUES(7,41,0,0,2,4,1.0e-08,9.66666666666666719951e-09,X'3A8C30E28E79453EA3F9B2A06F8C463EF4ED2E634EC2443E3A8C30E28E79453E',1,1.0e-08,9.5e-09,1.05e-08,0.95,2.5e-10,5.0e-10,NULL,NULL,4.0,NULL,'',NULL,0.0,0.0,'','',0,'crit/io/both/new',0);
INSERT INTO "measurement" VALUES(7,42,0,0,3,4,6400000000.0,6.62068965517241668711e+09,X'0000000084D7F7413DCFF33CDFB4F64135C2724FFBA9F8410000000084D7F741',1,6400000000.0,6.09523809523809528354e+09,6.73684210526315784472e+09,0.95,NULL,NULL,NULL,NULL,4.0,NULL,'',NULL,0.0,0.0,'','',0,'crit/io/both/new',0);
INSERT INTO "measurement" VALUES(7,43,0,0,4,4,51200000000.0,5.29655172413792572037e+10,X'0000000084D727423DCFF33CDFB4264235C2724FFBA928420000000084D72742',1,51200000000.0,4.87619047619047622701e+10,5.38947368421052627578e+10,0.95,NULL,NULL,NULL,NULL,4.0,NULL,'',NULL,0.0,0.0,'','',0,'crit/io/both/new',0);
INSERT INTO "measurement" VALUES(7,44,0,0,5,4,1.0e-08,9.66666666666666719951e-09,X'3A8C30E28E79453EA3F9B2A06F8C463EF4ED2E634EC2443E3A8C30E28E79453E',1,1.025e-08,9.75e-09,1.075e-08,0.95,1.25e-10,5.0e-10,NULL,NULL,4.0,NULL,'',NULL,0.0,0.0,'','',0,'crit/io/decimal/new',0);
INSERT INTO "measurement" VALUES(7,45,0,0,6,4,100000000000.0,1.0344827586206893921e+11,X'000000E87648374262188601A22C3642A711966BFF153842000000E876483742',1,9.75609756097560882562e+10,9.30232558139534912097e+10,1.02564102564102569575e+11,0.95,NULL,NULL,NULL,NULL,4.0,NULL,'',NULL,0.0,0.0,'','',0,'crit/io/decimal/new',0);
INSERT INTO "measurement" VALUES(7,46,0,0,7,4,1.0e-08,9.66666666666666719951e-09,X'3A8C30E28E79453EA3F9B2A06F8C463EF4ED2E634EC2443E3A8C30E28E79453E',1,1.025e-08,9.75e-09,1.075e-08,0.95,1.25e-10,5.0e-10,NULL,NULL,4.0,NULL,'',NULL,0.0,0.0,'','',0,'crit/io/huge/new',0);
INSERT INTO "measurement" VALUES(7,47,0,0,8,4,1.84467440737095516156e+27,1.90828386969409540428e+27,X'0000000084D797453DCFF33CDFB4964535C2724FFBA998450000000084D79745',1,1.79968234865459039487e+27,1.71597619290321411656e+27,1.891973751149697806e+27,0.95,NULL,NULL,NULL,NULL,4.0,NULL,'',NULL,0.0,0.0,'','',0,'crit/io/huge/new',0);
INSERT INTO "measurement" VALUES(7,48,0,0,9,4,1.0e-08,9.66666666666666719951e-09,X'3A8C30E28E79453EA3F9B2A06F8C463EF4ED2E634EC2443E3A8C30E28E79453E',1,1.025e-08,9.75e-09,1.075e-08,0.95,1.25e-10,5.0e-10,NULL,NULL,4.0,NULL,'',NULL,0.0,0.0,'','',0,'crit/io/unknown/new',0);
CREATE TABLE process (  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,  number INTEGER NOT NULL,  round INTEGER NOT NULL,  time INTEGER NOT NULL,  PRIMARY KEY (run, number)) STRICT, WITHOUT ROWID;
INSERT INTO "process" VALUES(1,0,0,1795168801000000000);
INSERT INTO "process" VALUES(2,0,0,1795168802000000000);
INSERT INTO "process" VALUES(3,0,0,1795172401000000000);
INSERT INTO "process" VALUES(4,0,0,0);
INSERT INTO "process" VALUES(4,1,0,0);
INSERT INTO "process" VALUES(5,0,0,0);
INSERT INTO "process" VALUES(5,1,0,0);
INSERT INTO "process" VALUES(6,0,0,1795172400000000000);
INSERT INTO "process" VALUES(7,0,0,1795174200000000000);
CREATE TABLE pruned (content TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE revision (  id INTEGER PRIMARY KEY,  sha TEXT NOT NULL,  tree TEXT NOT NULL,  subject TEXT NOT NULL,  time INTEGER NOT NULL,  named INTEGER NOT NULL,  UNIQUE (sha, tree, subject, time, named)) STRICT;
INSERT INTO "revision" VALUES(1,'v1','','',0,1);
INSERT INTO "revision" VALUES(2,'v2','','',0,1);
INSERT INTO "revision" VALUES(3,'vone','','',0,1);
INSERT INTO "revision" VALUES(4,'vtwo','','',0,1);
CREATE TABLE run (  id INTEGER PRIMARY KEY,  revision INTEGER NOT NULL REFERENCES revision,  hardware INTEGER NOT NULL REFERENCES hardware,  time INTEGER NOT NULL,  branch TEXT NOT NULL,  merged TEXT NOT NULL,  dirty INTEGER NOT NULL,  tool TEXT NOT NULL,  source TEXT NOT NULL,  digest TEXT NOT NULL,  label TEXT NOT NULL,  failure TEXT NOT NULL,  recorded TEXT NOT NULL,  facts TEXT NOT NULL,  n_series INTEGER NOT NULL,  n_measurements INTEGER NOT NULL,  n_warnings INTEGER NOT NULL,  n_failed INTEGER NOT NULL, content TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "run" VALUES(1,1,1,1795168801000000000,'','',0,'gobench','go1.txt','40fbfe6ee408f8567ff5b025c3354e75@1795168801000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{"note":["x","y"],"goos":"linux","goarch":"amd64"}',2,7,0,0,'9fc623d9eae486c68febd47f64271f8e');
INSERT INTO "run" VALUES(2,2,1,1795168802000000000,'','',0,'gobench','go2.txt','797bb6f5b97d06091496402ae930e5f5@1795168802000000000 go=1.23','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{"goos":"linux","goarch":"amd64"}',2,7,0,0,'a833f0ff8177cece1abb033ac79b8f7b');
INSERT INTO "run" VALUES(3,1,2,1795172401000000000,'','',0,'hyperfine','v1.15.0-params.json','6cee5ff2b1a59ef4d371e274e258d4ba@1795172401000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{}',9,9,0,0,'42b4e6f2c3261423f62442b4920c9d13');
INSERT INTO "run" VALUES(4,3,1,1795168800000000000,'','',0,'gobench','one.txt','637087b12f9e330532beb329a31f6802@1795168800000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{"goos":"linux","goarch":"amd64"}',2,4,0,0,'2fd129da80dc2f16184872a218b2dfd3');
INSERT INTO "run" VALUES(5,4,1,1795168800000000000,'','',0,'gobench','two.txt','ef9d3d4d1ccb322d6003399382aa0955@1795168800000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{"goos":"linux","goarch":"amd64"}',2,4,0,0,'12ecb5b0418d2b4ee8bae89e4bcf268a');
INSERT INTO "run" VALUES(6,4,1,1795172400000000000,'','',0,'k6','k6.json','1fe61f3aafe549dd2bc7d619094d567c@1795172400000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{}',25,25,1,0,'ec28958fa052b3c7ff5e4024d646155d');
INSERT INTO "run" VALUES(7,4,1,1795174200000000000,'','',0,'criterion','crit','bf6ae88cec412c57e5409d8008d8f93d@1795174200000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{}',10,10,1,0,'440356d9ab2170c8c1cf324f7810b03b');
CREATE TABLE series (  id INTEGER PRIMARY KEY,  key TEXT NOT NULL,  benchmark INTEGER NOT NULL REFERENCES benchmark,  metric TEXT NOT NULL,  unit TEXT NOT NULL,  better TEXT NOT NULL,  variant TEXT NOT NULL,  exact INTEGER NOT NULL,  derived INTEGER NOT NULL,  UNIQUE (key, unit, better, exact, derived)) STRICT;
INSERT INTO "series" VALUES(1,'pBenchmarkAtime',1,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(2,'pBenchmarkBtime',2,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(3,'pBenchmarkAgo=1.23time',1,'time','s','lower','{"go":"1.23"}',0,0);
INSERT INTO "series" VALUES(4,'pBenchmarkBgo=1.23time',2,'time','s','lower','{"go":"1.23"}',0,0);
INSERT INTO "series" VALUES(5,'seq 1000n=1time',3,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(6,'seq 1000n=1user',3,'user','s','lower','{}',0,0);
INSERT INTO "series" VALUES(7,'seq 1000n=1system',3,'system','s','lower','{}',0,0);
INSERT INTO "series" VALUES(8,'seq 2000n=2time',4,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(9,'seq 2000n=2user',4,'user','s','lower','{}',0,0);
INSERT INTO "series" VALUES(10,'seq 2000n=2system',4,'system','s','lower','{}',0,0);
INSERT INTO "series" VALUES(11,'seq 3000n=3time',5,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(12,'seq 3000n=3user',5,'user','s','lower','{}',0,0);
INSERT INTO "series" VALUES(13,'seq 3000n=3system',5,'system','s','lower','{}',0,0);
INSERT INTO "series" VALUES(14,'k6latency mean',6,'latency mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(15,'k6latency min',6,'latency min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(16,'k6latency p50',6,'latency p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(17,'k6latency p90',6,'latency p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(18,'k6latency p95',6,'latency p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(19,'k6latency max',6,'latency max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(20,'k6requests',6,'requests','1/s','higher','{}',0,0);
INSERT INTO "series" VALUES(21,'k6error rate',6,'error rate','1','lower','{}',0,0);
INSERT INTO "series" VALUES(22,'k6checks',6,'checks','1','higher','{}',0,0);
INSERT INTO "series" VALUES(23,'k6tls mean',6,'tls mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(24,'k6tls min',6,'tls min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(25,'k6tls p50',6,'tls p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(26,'k6tls p90',6,'tls p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(27,'k6tls p95',6,'tls p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(28,'k6tls max',6,'tls max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(29,'k6vus',6,'vus','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(30,'k6data sent',6,'data sent','B/s','neutral','{}',0,0);
INSERT INTO "series" VALUES(31,'k6cache_misses',6,'cache_misses','1/s','lower','{}',0,0);
INSERT INTO "series" VALUES(32,'k6cache_misses count',6,'cache_misses count','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(33,'itemslatency mean',7,'latency mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(34,'itemslatency min',7,'latency min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(35,'itemslatency p50',7,'latency p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(36,'itemslatency p90',7,'latency p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(37,'itemslatency p95',7,'latency p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(38,'itemslatency max',7,'latency max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(39,'iobitstime',8,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(40,'iobitsthroughput',8,'throughput','B/s','higher','{}',0,1);
INSERT INTO "series" VALUES(41,'iobothtime',9,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(42,'ioboththroughput',9,'throughput','elem/s','higher','{}',0,1);
INSERT INTO "series" VALUES(43,'ioboththroughput bytes',9,'throughput bytes','B/s','higher','{}',0,1);
INSERT INTO "series" VALUES(44,'iodecimaltime',10,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(45,'iodecimalthroughput',10,'throughput','B/s','higher','{}',0,1);
INSERT INTO "series" VALUES(46,'iohugetime',11,'time','s','lower','{}',0,0);
INSERT INTO "series" VALUES(47,'iohugethroughput',11,'throughput','B/s','higher','{}',0,1);
INSERT INTO "series" VALUES(48,'iounknowntime',12,'time','s','lower','{}',0,0);
CREATE TABLE settled (  place TEXT PRIMARY KEY,  digest TEXT NOT NULL,  n INTEGER NOT NULL,  state BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE verdict (  series INTEGER NOT NULL REFERENCES series,  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,  judgement INTEGER NOT NULL REFERENCES judgement,  verdict TEXT NOT NULL,  fails INTEGER NOT NULL,  change REAL,  PRIMARY KEY (series, run)) STRICT, WITHOUT ROWID;
CREATE INDEX revision_tree ON revision (tree);
CREATE INDEX hardware_fingerprint ON hardware (fingerprint);
CREATE INDEX run_revision ON run (revision);
CREATE INDEX run_hardware ON run (hardware, time);
CREATE INDEX run_digest ON run (digest);
CREATE INDEX series_benchmark ON series (benchmark);
CREATE INDEX measurement_history  ON measurement (series, run, number, median, low, n);
CREATE INDEX baseline_run ON baseline (run);
CREATE INDEX verdict_run ON verdict (run);
COMMIT;
