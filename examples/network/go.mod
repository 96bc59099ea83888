module example.test/frame

go 1.19
