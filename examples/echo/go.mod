module example.test/echo

go 1.19
