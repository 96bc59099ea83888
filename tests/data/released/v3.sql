PRAGMA application_id = 1885759348;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE baseline (  name TEXT NOT NULL,  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,  saved INTEGER NOT NULL,  PRIMARY KEY (name, run)) STRICT, WITHOUT ROWID;
INSERT INTO "baseline" VALUES('lab',2,1795262400000000000);
INSERT INTO "baseline" VALUES('lab',4,1795262400000000000);
INSERT INTO "baseline" VALUES('lab',5,1795262400000000000);
INSERT INTO "baseline" VALUES('release',1,1795262400000000000);
INSERT INTO "baseline" VALUES('release',3,1795262400000000000);
INSERT INTO "baseline" VALUES('release',6,1795262400000000000);
CREATE TABLE baseline_change (  id INTEGER PRIMARY KEY,  name TEXT NOT NULL,  fingerprint TEXT NOT NULL,  profile TEXT NOT NULL,  time INTEGER NOT NULL,  how TEXT NOT NULL,  revision TEXT NOT NULL,  n_runs INTEGER NOT NULL,  UNIQUE (name, fingerprint, time, how, revision, n_runs)) STRICT;
INSERT INTO "baseline_change" VALUES(1,'release','95eb93093cda9059f8b2b731a72c593f','amd-epyc-7763-4c',1795262400000000000,'saved','v1',2);
INSERT INTO "baseline_change" VALUES(2,'release','82232ebc2d91cb91ccfc7a2c8e42a3e2','lab',1795262400000000000,'saved','v1',1);
INSERT INTO "baseline_change" VALUES(3,'lab','95eb93093cda9059f8b2b731a72c593f','amd-epyc-7763-4c',1795262400000000000,'saved','v2',2);
INSERT INTO "baseline_change" VALUES(4,'lab','82232ebc2d91cb91ccfc7a2c8e42a3e2','lab',1795262400000000000,'saved','v2',1);
CREATE TABLE benchmark (  id INTEGER PRIMARY KEY,  suite TEXT NOT NULL,  name TEXT NOT NULL,  params TEXT NOT NULL,  UNIQUE (suite, name, params)) STRICT;
INSERT INTO "benchmark" VALUES(1,'p','BenchmarkA','{}');
INSERT INTO "benchmark" VALUES(2,'p','BenchmarkB','{}');
INSERT INTO "benchmark" VALUES(3,'','seq 1000','{"n":"1"}');
INSERT INTO "benchmark" VALUES(4,'','seq 2000','{"n":"2"}');
INSERT INTO "benchmark" VALUES(5,'','seq 3000','{"n":"3"}');
INSERT INTO "benchmark" VALUES(6,'','k6','{}');
INSERT INTO "benchmark" VALUES(7,'','k6','{"expected_response":"true"}');
INSERT INTO "benchmark" VALUES(8,'','items','{}');
CREATE TABLE hardware (  id INTEGER PRIMARY KEY,  fingerprint TEXT NOT NULL,  name TEXT NOT NULL,  name_given INTEGER NOT NULL,  arch TEXT,  cpu_vendor TEXT,  cpu_family TEXT,  cpu_model TEXT,  cpu_stepping TEXT,  cpu_name TEXT,  cpus INTEGER NOT NULL,  gpus TEXT NOT NULL) STRICT;
INSERT INTO "hardware" VALUES(1,'95eb93093cda9059f8b2b731a72c593f','amd-epyc-7763-4c',0,'x86_64','AuthenticAMD','25','1','1','AMD EPYC 7763 64-Core Processor',4,'');
INSERT INTO "hardware" VALUES(2,'82232ebc2d91cb91ccfc7a2c8e42a3e2','lab',1,'x86_64','AuthenticAMD','25','1','1','AMD EPYC 7763 64-Core Processor',4,'');
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
INSERT INTO "measurement" VALUES(3,5,0,0,0,10,0.0035063335,1.62698929374345806903e-03,X'4B43B30935E5583FD92D2DE3D9F75E3FCD1C0C215953703FB1209A678F91583FF416B9EE80C7643F0B8C27488D85703F9CE3C58A66DA683F698BEAFB101E743F929760311D4C703F82FF57640E5E703F',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'s','0.0015194910000000002
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
INSERT INTO "measurement" VALUES(3,8,0,0,3,10,0.004038581,3.90852487833860152977e-03,X'28DD42C97738703F5DB675EE78BE6F3FD7622CDDA184703FF913B61B544D7E3F9CA2359CB8707E3FA8EC9159FFDF6F3F038F0F7DEE39753F54C292F9E76C703F4B80FACCE290703FE6B08939F90E753F',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'s','0.003960102
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
INSERT INTO "measurement" VALUES(3,11,0,0,6,10,0.0039652925,2.53190279437938122256e-03,X'7595D2598467643F8C5071BE06B47C3FE38A35A3B92A753F825C541EEC33703F8BB11415E647703FF54297F621FD7B3F05FF653B025F613F5154D83AA82C693F32900CDEFC2B703F7103ABDBBA4A703F',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'s','0.002490767
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
INSERT INTO "measurement" VALUES(4,14,0,0,0,0,2.38964173267326794158e-04,NULL,X'',1,2.38964173267326794158e-04,NULL,NULL,NULL,NULL,NULL,2.7376e-05,0.007034812,202.0,NULL,'ms','0.2389641732673268',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',8);
INSERT INTO "measurement" VALUES(4,15,0,0,1,0,2.7376e-05,NULL,X'',1,2.7376e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.027376',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',8);
INSERT INTO "measurement" VALUES(4,16,0,0,2,0,0.0001654265,NULL,X'',1,0.0001654265,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.1654265',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',8);
INSERT INTO "measurement" VALUES(4,17,0,0,3,0,0.0003935691,NULL,X'',1,0.0003935691,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.3935691',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',8);
INSERT INTO "measurement" VALUES(4,18,0,0,4,0,0.00042716375,NULL,X'',1,0.00042716375,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.42716374999999995',0.0,0.0,'','p(95)<0.001',1,'v0.47.0-threshold-crossed.json',8);
INSERT INTO "measurement" VALUES(4,19,0,0,5,0,5.63781650000000724744e-04,NULL,X'',1,5.63781650000000724744e-04,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.5637816500000007',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',8);
INSERT INTO "measurement" VALUES(4,20,0,0,6,0,0.007034812,NULL,X'',1,0.007034812,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','7.034812',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',8);
INSERT INTO "measurement" VALUES(4,21,0,0,7,0,1.98258582393444612529e+02,NULL,X'',1,1.98258582393444612529e+02,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'1/s','198.2585823934446',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',126);
INSERT INTO "measurement" VALUES(4,22,0,0,8,0,4.95049504950495072863e-02,NULL,X'',1,4.95049504950495072863e-02,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'','0.04950495049504951',10.0,202.0,'','',0,'v0.47.0-threshold-crossed.json',121);
INSERT INTO "measurement" VALUES(4,23,0,0,9,0,1.0,NULL,X'',1,1.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'','1',192.0,192.0,'','rate>0.9',0,'v0.47.0-threshold-crossed.json',66);
INSERT INTO "measurement" VALUES(4,24,0,0,10,0,9.42219005434192240482e+01,NULL,X'',1,9.42219005434192240482e+01,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'1/s','94.22190054341922',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',84);
INSERT INTO "measurement" VALUES(4,25,0,0,11,0,2.11968327395833308623e-02,NULL,X'',1,2.11968327395833308623e-02,NULL,NULL,NULL,NULL,NULL,0.02051761,0.027982157,96.0,NULL,'ms','21.19683273958333',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',31);
INSERT INTO "measurement" VALUES(4,26,0,0,12,0,0.02051761,NULL,X'',1,0.02051761,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','20.51761',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',31);
INSERT INTO "measurement" VALUES(4,27,0,0,13,0,2.0885597500000002008e-02,NULL,X'',1,2.0885597500000002008e-02,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','20.885597500000003',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',31);
INSERT INTO "measurement" VALUES(4,28,0,0,14,0,0.0216901285,NULL,X'',1,0.0216901285,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','21.6901285',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',31);
INSERT INTO "measurement" VALUES(4,29,0,0,15,0,0.02208147875,NULL,X'',1,0.02208147875,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','22.08147875',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',31);
INSERT INTO "measurement" VALUES(4,30,0,0,16,0,0.0277403364,NULL,X'',1,0.0277403364,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','27.7403364',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',31);
INSERT INTO "measurement" VALUES(4,31,0,0,17,0,0.027982157,NULL,X'',1,0.027982157,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','27.982157',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',31);
INSERT INTO "measurement" VALUES(4,32,0,0,18,0,3.51090520833333304389e-04,NULL,X'',1,3.51090520833333304389e-04,NULL,NULL,NULL,NULL,NULL,7.3176e-05,0.007203648,192.0,NULL,'ms','0.3510905208333333',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',158);
INSERT INTO "measurement" VALUES(4,33,0,0,19,0,7.3176e-05,NULL,X'',1,7.3176e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','0.073176',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',158);
INSERT INTO "measurement" VALUES(4,34,0,0,20,0,0.000237747,NULL,X'',1,0.000237747,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','0.237747',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',158);
INSERT INTO "measurement" VALUES(4,35,0,0,21,0,0.0004568842,NULL,X'',1,0.0004568842,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','0.4568842',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',158);
INSERT INTO "measurement" VALUES(4,36,0,0,22,0,0.0005073283,NULL,X'',1,0.0005073283,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','0.5073283',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',158);
INSERT INTO "measurement" VALUES(4,37,0,0,23,0,1.53029771000002092276e-03,NULL,X'',1,1.53029771000002092276e-03,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','1.530297710000021',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',158);
INSERT INTO "measurement" VALUES(4,38,0,0,24,0,0.007203648,NULL,X'',1,0.007203648,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','7.203648',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',158);
INSERT INTO "measurement" VALUES(4,39,0,0,25,0,2.06525831683168425252e-04,NULL,X'',1,2.06525831683168425252e-04,NULL,NULL,NULL,NULL,NULL,1.6426e-05,0.006961246,202.0,NULL,'ms','0.20652583168316843',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',88);
INSERT INTO "measurement" VALUES(4,40,0,0,26,0,1.6426e-05,NULL,X'',1,1.6426e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.016426',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',88);
INSERT INTO "measurement" VALUES(4,41,0,0,27,0,0.000133904,NULL,X'',1,0.000133904,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.13390400000000002',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',88);
INSERT INTO "measurement" VALUES(4,42,0,0,28,0,0.0003572187,NULL,X'',1,0.0003572187,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.3572187',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',88);
INSERT INTO "measurement" VALUES(4,43,0,0,29,0,3.87432799999999784822e-04,NULL,X'',1,3.87432799999999784822e-04,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.3874327999999998',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',88);
INSERT INTO "measurement" VALUES(4,44,0,0,30,0,5.17719420000000525236e-04,NULL,X'',1,5.17719420000000525236e-04,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.5177194200000005',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',88);
INSERT INTO "measurement" VALUES(4,45,0,0,31,0,0.006961246,NULL,X'',1,0.006961246,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','6.961246',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',88);
INSERT INTO "measurement" VALUES(4,46,0,0,32,0,4.08455445544554472106e-06,NULL,X'',1,4.08455445544554472106e-06,NULL,NULL,NULL,NULL,NULL,4.91e-07,0.000289124,202.0,NULL,'ms','0.004084554455445545',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',144);
INSERT INTO "measurement" VALUES(4,47,0,0,33,0,4.91e-07,NULL,X'',1,4.91e-07,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.000491',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',144);
INSERT INTO "measurement" VALUES(4,48,0,0,34,0,1.3685e-06,NULL,X'',1,1.3685e-06,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.0013685',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',144);
INSERT INTO "measurement" VALUES(4,49,0,0,35,0,4.4792e-06,NULL,X'',1,4.4792e-06,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.0044792',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',144);
INSERT INTO "measurement" VALUES(4,50,0,0,36,0,4.97305e-06,NULL,X'',1,4.97305e-06,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.00497305',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',144);
INSERT INTO "measurement" VALUES(4,51,0,0,37,0,4.630128000000027983e-05,NULL,X'',1,4.630128000000027983e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.04630128000000028',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',144);
INSERT INTO "measurement" VALUES(4,52,0,0,38,0,0.000289124,NULL,X'',1,0.000289124,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.289124',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',144);
INSERT INTO "measurement" VALUES(4,53,0,0,39,0,1.39376237623762365597e-06,NULL,X'',1,1.39376237623762365597e-06,NULL,NULL,NULL,NULL,NULL,0.0,0.000234289,202.0,NULL,'ms','0.0013937623762376237',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',41);
INSERT INTO "measurement" VALUES(4,54,0,0,40,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',41);
INSERT INTO "measurement" VALUES(4,55,0,0,41,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',41);
INSERT INTO "measurement" VALUES(4,56,0,0,42,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',41);
INSERT INTO "measurement" VALUES(4,57,0,0,43,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',41);
INSERT INTO "measurement" VALUES(4,58,0,0,44,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',41);
INSERT INTO "measurement" VALUES(4,59,0,0,45,0,0.000234289,NULL,X'',1,0.000234289,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.234289',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',41);
INSERT INTO "measurement" VALUES(4,60,0,0,46,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,0.0,0.0,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',111);
INSERT INTO "measurement" VALUES(4,61,0,0,47,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',111);
INSERT INTO "measurement" VALUES(4,62,0,0,48,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',111);
INSERT INTO "measurement" VALUES(4,63,0,0,49,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',111);
INSERT INTO "measurement" VALUES(4,64,0,0,50,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',111);
INSERT INTO "measurement" VALUES(4,65,0,0,51,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',111);
INSERT INTO "measurement" VALUES(4,66,0,0,52,0,0.0,NULL,X'',1,0.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',111);
INSERT INTO "measurement" VALUES(4,67,0,0,53,0,1.02235445544554463088e-05,NULL,X'',1,1.02235445544554463088e-05,NULL,NULL,NULL,NULL,NULL,2.461e-06,0.000195515,202.0,NULL,'ms','0.010223544554455446',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',21);
INSERT INTO "measurement" VALUES(4,68,0,0,54,0,2.461e-06,NULL,X'',1,2.461e-06,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.002461',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',21);
INSERT INTO "measurement" VALUES(4,69,0,0,55,0,5.554e-06,NULL,X'',1,5.554e-06,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.005554',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',21);
INSERT INTO "measurement" VALUES(4,70,0,0,56,0,1.69975999999999979918e-05,NULL,X'',1,1.69975999999999979918e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.016997599999999998',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',21);
INSERT INTO "measurement" VALUES(4,71,0,0,57,0,1.96495999999999956392e-05,NULL,X'',1,1.96495999999999956392e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.019649599999999996',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',21);
INSERT INTO "measurement" VALUES(4,72,0,0,58,0,1.04910660000000435939e-04,NULL,X'',1,1.04910660000000435939e-04,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.10491066000000043',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',21);
INSERT INTO "measurement" VALUES(4,73,0,0,59,0,0.000195515,NULL,X'',1,0.000195515,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.195515',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',21);
INSERT INTO "measurement" VALUES(4,74,0,0,60,0,2.22147970297029598665e-05,NULL,X'',1,2.22147970297029598665e-05,NULL,NULL,NULL,NULL,NULL,6.048e-06,0.00016296,202.0,NULL,'ms','0.02221479702970296',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',130);
INSERT INTO "measurement" VALUES(4,75,0,0,61,0,6.048e-06,NULL,X'',1,6.048e-06,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.006048',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',130);
INSERT INTO "measurement" VALUES(4,76,0,0,62,0,1.55345e-05,NULL,X'',1,1.55345e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.0155345',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',130);
INSERT INTO "measurement" VALUES(4,77,0,0,63,0,3.78311000000000044376e-05,NULL,X'',1,3.78311000000000044376e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.037831100000000006',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',130);
INSERT INTO "measurement" VALUES(4,78,0,0,64,0,4.62876499999999904124e-05,NULL,X'',1,4.62876499999999904124e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.04628764999999999',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',130);
INSERT INTO "measurement" VALUES(4,79,0,0,65,0,1.10018690000000145864e-04,NULL,X'',1,1.10018690000000145864e-04,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.11001869000000014',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',130);
INSERT INTO "measurement" VALUES(4,80,0,0,66,0,0.00016296,NULL,X'',1,0.00016296,NULL,NULL,NULL,NULL,NULL,NULL,NULL,202.0,NULL,'ms','0.16296',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',130);
INSERT INTO "measurement" VALUES(4,81,0,0,67,0,2.0,NULL,X'',1,2.0,NULL,NULL,NULL,NULL,NULL,2.0,2.0,NULL,NULL,'','2',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',51);
INSERT INTO "measurement" VALUES(4,82,0,0,68,0,2.0,NULL,X'',1,2.0,NULL,NULL,NULL,NULL,NULL,2.0,2.0,NULL,NULL,'','2',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',3);
INSERT INTO "measurement" VALUES(4,83,0,0,69,0,5.61519342201029532596e+05,NULL,X'',1,5.61519342201029532596e+05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,572116.0,NULL,'B/s','561519.3422010295',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',168);
INSERT INTO "measurement" VALUES(4,84,0,0,70,0,1.72288671056164712346e+04,NULL,X'',1,1.72288671056164712346e+04,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17554.0,NULL,'B/s','17228.86710561647',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',154);
INSERT INTO "measurement" VALUES(4,85,0,0,71,0,9.81478130660617,NULL,X'',1,9.81478130660617,NULL,NULL,NULL,NULL,NULL,NULL,NULL,10.0,NULL,'1/s','9.81478130660617',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',140);
INSERT INTO "measurement" VALUES(4,86,0,0,72,0,10.0,NULL,X'',1,10.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,10.0,NULL,'','10',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',140);
INSERT INTO "measurement" VALUES(4,87,0,0,73,0,1.32957968750000044e-01,NULL,X'',1,1.32957968750000044e-01,NULL,NULL,NULL,NULL,NULL,0.027376,0.304438,96.0,NULL,'','0.13295796875000004',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',56);
INSERT INTO "measurement" VALUES(4,88,0,0,74,0,0.027376,NULL,X'',1,0.027376,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'','0.027376',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',56);
INSERT INTO "measurement" VALUES(4,89,0,0,75,0,0.122263,NULL,X'',1,0.122263,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'','0.122263',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',56);
INSERT INTO "measurement" VALUES(4,90,0,0,76,0,1.87587999999999976985e-01,NULL,X'',1,1.87587999999999976985e-01,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'','0.18758799999999998',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',56);
INSERT INTO "measurement" VALUES(4,91,0,0,77,0,0.21476425,NULL,X'',1,0.21476425,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'','0.21476425',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',56);
INSERT INTO "measurement" VALUES(4,92,0,0,78,0,2.47291699999999836645e-01,NULL,X'',1,2.47291699999999836645e-01,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'','0.24729169999999984',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',56);
INSERT INTO "measurement" VALUES(4,93,0,0,79,0,0.304438,NULL,X'',1,0.304438,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'','0.304438',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',56);
INSERT INTO "measurement" VALUES(4,94,0,0,80,0,2.46270036458333461786e-04,NULL,X'',1,2.46270036458333461786e-04,NULL,NULL,NULL,NULL,NULL,2.7376e-05,0.007034812,192.0,NULL,'ms','0.24627003645833345',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',74);
INSERT INTO "measurement" VALUES(4,95,0,0,81,0,2.7376e-05,NULL,X'',1,2.7376e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','0.027376',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',74);
INSERT INTO "measurement" VALUES(4,96,0,0,82,0,0.0001705535,NULL,X'',1,0.0001705535,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','0.1705535',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',74);
INSERT INTO "measurement" VALUES(4,97,0,0,83,0,0.0003951868,NULL,X'',1,0.0003951868,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','0.3951868',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',74);
INSERT INTO "measurement" VALUES(4,98,0,0,84,0,0.0004286754,NULL,X'',1,0.0004286754,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','0.4286754',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',74);
INSERT INTO "measurement" VALUES(4,99,0,0,85,0,0.000591015850000001,NULL,X'',1,0.000591015850000001,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','0.591015850000001',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',74);
INSERT INTO "measurement" VALUES(4,100,0,0,86,0,0.007034812,NULL,X'',1,0.007034812,NULL,NULL,NULL,NULL,NULL,NULL,NULL,192.0,NULL,'ms','7.034812',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',74);
INSERT INTO "measurement" VALUES(4,101,0,0,87,0,1.32957968750000040097e-04,NULL,X'',1,1.32957968750000040097e-04,NULL,NULL,NULL,NULL,NULL,2.7376e-05,0.000304438,96.0,NULL,'ms','0.13295796875000004',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',98);
INSERT INTO "measurement" VALUES(4,102,0,0,88,0,2.7376e-05,NULL,X'',1,2.7376e-05,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','0.027376',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',98);
INSERT INTO "measurement" VALUES(4,103,0,0,89,0,0.000122263,NULL,X'',1,0.000122263,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','0.122263',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',98);
INSERT INTO "measurement" VALUES(4,104,0,0,90,0,1.87587999999999980021e-04,NULL,X'',1,1.87587999999999980021e-04,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','0.18758799999999998',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',98);
INSERT INTO "measurement" VALUES(4,105,0,0,91,0,0.00021476425,NULL,X'',1,0.00021476425,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','0.21476425',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',98);
INSERT INTO "measurement" VALUES(4,106,0,0,92,0,2.47291699999999819731e-04,NULL,X'',1,2.47291699999999819731e-04,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','0.24729169999999984',0.0,0.0,'','p(99)<800',0,'v0.47.0-threshold-crossed.json',98);
INSERT INTO "measurement" VALUES(4,107,0,0,93,0,0.000304438,NULL,X'',1,0.000304438,NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,NULL,'ms','0.304438',0.0,0.0,'','',0,'v0.47.0-threshold-crossed.json',98);
INSERT INTO "measurement" VALUES(5,1,0,0,0,3,1.11e-07,1.10000000000000018834e-07,X'D0C0027724877D3E2A5CA3A6DCCB7D3E84F743D694107E3E',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ns/op','110
111
112',0.0,0.0,'','',0,'go3.txt',4);
INSERT INTO "measurement" VALUES(6,1,0,0,0,4,1.115e-07,1.10999999999999961631e-07,X'2A5CA3A6DCCB7D3E2A5CA3A6DCCB7D3E84F743D694107E3EDF92E4054D557E3E',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ns/op','111
111
112
113',0.0,0.0,'','',0,'go4.txt',4);
CREATE TABLE process (  run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,  number INTEGER NOT NULL,  round INTEGER NOT NULL,  time INTEGER NOT NULL,  PRIMARY KEY (run, number)) STRICT, WITHOUT ROWID;
INSERT INTO "process" VALUES(1,0,0,1795168801000000000);
INSERT INTO "process" VALUES(2,0,0,1795168802000000000);
INSERT INTO "process" VALUES(3,0,0,1795172401000000000);
INSERT INTO "process" VALUES(4,0,0,1795172402000000000);
INSERT INTO "process" VALUES(5,0,0,1795176002000000000);
INSERT INTO "process" VALUES(6,0,0,1795176000000000000);
CREATE TABLE revision (  id INTEGER PRIMARY KEY,  sha TEXT NOT NULL,  tree TEXT NOT NULL,  subject TEXT NOT NULL,  time INTEGER NOT NULL,  named INTEGER NOT NULL,  UNIQUE (sha, tree, subject, time, named)) STRICT;
INSERT INTO "revision" VALUES(1,'v1','','',0,1);
INSERT INTO "revision" VALUES(2,'v2','','',0,1);
CREATE TABLE run (  id INTEGER PRIMARY KEY,  revision INTEGER NOT NULL REFERENCES revision,  hardware INTEGER NOT NULL REFERENCES hardware,  time INTEGER NOT NULL,  branch TEXT NOT NULL,  merged TEXT NOT NULL,  dirty INTEGER NOT NULL,  tool TEXT NOT NULL,  source TEXT NOT NULL,  digest TEXT NOT NULL,  label TEXT NOT NULL,  failure TEXT NOT NULL,  recorded TEXT NOT NULL,  facts TEXT NOT NULL,  n_series INTEGER NOT NULL,  n_measurements INTEGER NOT NULL,  n_warnings INTEGER NOT NULL,  n_failed INTEGER NOT NULL) STRICT;
INSERT INTO "run" VALUES(1,1,1,1795168801000000000,'','',0,'gobench','go1.txt','40fbfe6ee408f8567ff5b025c3354e75@1795168801000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{"note":["x","y"],"goos":"linux","goarch":"amd64"}',2,7,0,0);
INSERT INTO "run" VALUES(2,2,1,1795168802000000000,'','',0,'gobench','go2.txt','797bb6f5b97d06091496402ae930e5f5@1795168802000000000 go=1.23','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{"goos":"linux","goarch":"amd64"}',2,7,0,0);
INSERT INTO "run" VALUES(3,1,2,1795172401000000000,'','',0,'hyperfine','v1.15.0-params.json','6cee5ff2b1a59ef4d371e274e258d4ba@1795172401000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{}',9,9,0,0);
INSERT INTO "run" VALUES(4,2,2,1795172402000000000,'','',0,'k6','v0.47.0-threshold-crossed.json','1137b7d1e02c6442a7b2afe196695979@1795172402000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{}',94,94,0,0);
INSERT INTO "run" VALUES(5,2,1,1795176002000000000,'','',0,'gobench','go3.txt','f7914e5071064da658be216b38aea955@1795176002000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{"goos":"linux","goarch":"amd64"}',1,3,0,0);
INSERT INTO "run" VALUES(6,1,1,1795176000000000000,'','',0,'gobench','go4.txt','849d84738eaa089526f73d7664973ab6@1795176000000000000','','','{"aslr":"2","cache_l3":"32768K","clocksource":"hyperv_clocksource_tsc_page","cpus_allowed":"4","cpus_online":"4","hostname":"runner-1","isa":"aes avx avx2 bmi2 fma sha_ni sse4_2 vaes","kernel":"6.8.0-1017-azure","load":"0.52","machine":"Microsoft Corporation Virtual Machine","memory":"15.6 GiB","mhz":"2445","microcode":"0xffffffff","mitigations":"2 active, 1 open","numa_nodes":"1","os":"Ubuntu 24.04.1 LTS","pressure":"0.31%","smt":"on","steal":"0.02%","thp":"madvise","virtualised":"yes"}','{"goos":"linux","goarch":"amd64"}',1,4,0,0);
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
INSERT INTO "series" VALUES(19,'k6latency p99',6,'latency p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(20,'k6latency max',6,'latency max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(21,'k6requests',6,'requests','1/s','higher','{}',0,0);
INSERT INTO "series" VALUES(22,'k6error rate',6,'error rate','1','lower','{}',0,0);
INSERT INTO "series" VALUES(23,'k6checks',6,'checks','1','higher','{}',0,0);
INSERT INTO "series" VALUES(24,'k6iterations',6,'iterations','1/s','higher','{}',0,0);
INSERT INTO "series" VALUES(25,'k6iteration duration mean',6,'iteration duration mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(26,'k6iteration duration min',6,'iteration duration min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(27,'k6iteration duration p50',6,'iteration duration p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(28,'k6iteration duration p90',6,'iteration duration p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(29,'k6iteration duration p95',6,'iteration duration p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(30,'k6iteration duration p99',6,'iteration duration p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(31,'k6iteration duration max',6,'iteration duration max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(32,'k6group_duration mean',6,'group_duration mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(33,'k6group_duration min',6,'group_duration min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(34,'k6group_duration p50',6,'group_duration p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(35,'k6group_duration p90',6,'group_duration p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(36,'k6group_duration p95',6,'group_duration p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(37,'k6group_duration p99',6,'group_duration p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(38,'k6group_duration max',6,'group_duration max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(39,'k6waiting mean',6,'waiting mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(40,'k6waiting min',6,'waiting min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(41,'k6waiting p50',6,'waiting p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(42,'k6waiting p90',6,'waiting p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(43,'k6waiting p95',6,'waiting p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(44,'k6waiting p99',6,'waiting p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(45,'k6waiting max',6,'waiting max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(46,'k6blocked mean',6,'blocked mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(47,'k6blocked min',6,'blocked min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(48,'k6blocked p50',6,'blocked p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(49,'k6blocked p90',6,'blocked p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(50,'k6blocked p95',6,'blocked p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(51,'k6blocked p99',6,'blocked p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(52,'k6blocked max',6,'blocked max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(53,'k6connecting mean',6,'connecting mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(54,'k6connecting min',6,'connecting min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(55,'k6connecting p50',6,'connecting p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(56,'k6connecting p90',6,'connecting p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(57,'k6connecting p95',6,'connecting p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(58,'k6connecting p99',6,'connecting p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(59,'k6connecting max',6,'connecting max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(60,'k6tls mean',6,'tls mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(61,'k6tls min',6,'tls min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(62,'k6tls p50',6,'tls p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(63,'k6tls p90',6,'tls p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(64,'k6tls p95',6,'tls p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(65,'k6tls p99',6,'tls p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(66,'k6tls max',6,'tls max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(67,'k6sending mean',6,'sending mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(68,'k6sending min',6,'sending min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(69,'k6sending p50',6,'sending p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(70,'k6sending p90',6,'sending p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(71,'k6sending p95',6,'sending p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(72,'k6sending p99',6,'sending p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(73,'k6sending max',6,'sending max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(74,'k6receiving mean',6,'receiving mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(75,'k6receiving min',6,'receiving min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(76,'k6receiving p50',6,'receiving p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(77,'k6receiving p90',6,'receiving p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(78,'k6receiving p95',6,'receiving p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(79,'k6receiving p99',6,'receiving p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(80,'k6receiving max',6,'receiving max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(81,'k6vus',6,'vus','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(82,'k6vus max',6,'vus max','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(83,'k6data received',6,'data received','B/s','neutral','{}',0,0);
INSERT INTO "series" VALUES(84,'k6data sent',6,'data sent','B/s','neutral','{}',0,0);
INSERT INTO "series" VALUES(85,'k6cache_misses',6,'cache_misses','1/s','neutral','{}',0,0);
INSERT INTO "series" VALUES(86,'k6cache_misses count',6,'cache_misses count','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(87,'k6item_latency mean',6,'item_latency mean','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(88,'k6item_latency min',6,'item_latency min','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(89,'k6item_latency p50',6,'item_latency p50','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(90,'k6item_latency p90',6,'item_latency p90','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(91,'k6item_latency p95',6,'item_latency p95','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(92,'k6item_latency p99',6,'item_latency p99','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(93,'k6item_latency max',6,'item_latency max','1','neutral','{}',0,0);
INSERT INTO "series" VALUES(94,'k6expected_response=truelatency mean',7,'latency mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(95,'k6expected_response=truelatency min',7,'latency min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(96,'k6expected_response=truelatency p50',7,'latency p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(97,'k6expected_response=truelatency p90',7,'latency p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(98,'k6expected_response=truelatency p95',7,'latency p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(99,'k6expected_response=truelatency p99',7,'latency p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(100,'k6expected_response=truelatency max',7,'latency max','s','lower','{}',0,0);
INSERT INTO "series" VALUES(101,'itemslatency mean',8,'latency mean','s','lower','{}',0,0);
INSERT INTO "series" VALUES(102,'itemslatency min',8,'latency min','s','lower','{}',0,0);
INSERT INTO "series" VALUES(103,'itemslatency p50',8,'latency p50','s','lower','{}',0,0);
INSERT INTO "series" VALUES(104,'itemslatency p90',8,'latency p90','s','lower','{}',0,0);
INSERT INTO "series" VALUES(105,'itemslatency p95',8,'latency p95','s','lower','{}',0,0);
INSERT INTO "series" VALUES(106,'itemslatency p99',8,'latency p99','s','lower','{}',0,0);
INSERT INTO "series" VALUES(107,'itemslatency max',8,'latency max','s','lower','{}',0,0);
CREATE INDEX revision_tree ON revision (tree);
CREATE INDEX hardware_fingerprint ON hardware (fingerprint);
CREATE INDEX run_revision ON run (revision);
CREATE INDEX run_hardware ON run (hardware, time);
CREATE INDEX run_digest ON run (digest);
CREATE INDEX series_benchmark ON series (benchmark);
CREATE INDEX measurement_history  ON measurement (series, run, number, median, low, n);
CREATE INDEX baseline_run ON baseline (run);
COMMIT;
