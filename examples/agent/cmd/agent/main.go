// The agent: takes events at a Unix socket until its standard input ends, and
// then says how many there were.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"sync"
	"time"

	"example.test/agent"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: agent SOCKET")
	}
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	a := agent.New()
	var feeds sync.WaitGroup
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			feeds.Add(1)
			go func() {
				defer feeds.Done()
				if err := a.Feed(conn); err != nil {
					log.Print(err)
				}
			}()
		}
	}()
	fmt.Println("ready")
	io.Copy(io.Discard, os.Stdin)
	time.Sleep(50 * time.Millisecond) // what is on its way
	feeds.Wait()
	taken, lost := a.Events()
	fmt.Println(taken, lost)
}
