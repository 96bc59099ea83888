// A load scenario: an application that handles requests of some microseconds,
// tells an agent of each, and prints what that costs.
//
//	load AGENT SCENARIO SECONDS
package main

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"syscall"
	"time"

	"example.test/agent"
)

// Requests a second; 0 is as many as it can.
var scenarios = map[string]int{"steady": 12000, "burst": 0}

var page = make([]byte, 4096)

// What the application does for a request.
func handle() uint64 {
	h := fnv.New64a()
	h.Write(page)
	return h.Sum64()
}

// The requests of the scenario; how long each one's Emit took.
func apply(c *agent.Client, rate int, length time.Duration) []time.Duration {
	var added []time.Duration
	begin := time.Now()
	for tick := begin; ; tick = tick.Add(5 * time.Millisecond) {
		if rate > 0 {
			time.Sleep(time.Until(tick))
		}
		if time.Since(begin) >= length {
			return added
		}
		requests := 60
		if rate > 0 {
			requests = rate / 200
		}
		for i := 0; i < requests; i++ {
			start := time.Now()
			handle()
			handled := time.Now()
			if err := c.Emit("request/"+strconv.Itoa(i%10),
				uint64(handled.Sub(start).Microseconds())); err != nil {
				log.Fatal(err)
			}
			added = append(added, time.Since(handled))
		}
	}
}

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: load AGENT steady|burst SECONDS")
	}
	rate, known := scenarios[os.Args[2]]
	seconds, err := strconv.ParseFloat(os.Args[3], 64)
	if !known || err != nil {
		log.Fatal("usage: load AGENT steady|burst SECONDS")
	}
	folder, err := os.MkdirTemp("", "load")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	socket := filepath.Join(folder, "agent")

	command := exec.Command(os.Args[1], socket)
	command.Stderr = os.Stderr
	input, _ := command.StdinPipe()
	output, _ := command.StdoutPipe()
	if err := command.Start(); err != nil {
		log.Fatal(err)
	}
	said := bufio.NewScanner(output)
	if !said.Scan() {
		log.Fatal("the agent did not start")
	}
	conn, err := net.Dial("unix", socket)
	if err != nil {
		log.Fatal(err)
	}
	client := agent.NewClient(conn)

	begin := time.Now()
	added := apply(client, rate, time.Duration(seconds*float64(time.Second)))
	client.Flush()
	conn.Close()
	input.Close()
	var taken, lost int
	if !said.Scan() {
		log.Fatal("the agent said nothing")
	}
	took := time.Since(begin)
	fmt.Sscan(said.Text(), &taken, &lost)
	if err := command.Wait(); err != nil {
		log.Fatal(err)
	}
	used := command.ProcessState.SysUsage().(*syscall.Rusage)
	cpu := command.ProcessState.SystemTime() + command.ProcessState.UserTime()

	sort.Slice(added, func(i, j int) bool { return added[i] < added[j] })
	at := func(share float64) float64 {
		return float64(added[int(share*float64(len(added)-1))]) / 1000
	}
	fmt.Printf("=== Benchmark Results: %s ===\n", os.Args[2])
	fmt.Printf("throughput: %.1f events/s\n", float64(taken)/took.Seconds())
	fmt.Printf("errors: %d\n", len(added)-taken+lost)
	fmt.Printf("cpu: %.2f %%\n", 100*cpu.Seconds()/took.Seconds())
	fmt.Printf("memory: %.2f MB\n", float64(used.Maxrss)*1024/1e6)
	fmt.Printf("Added latency:\n  p50: %.3fus\n  p99: %.3fus\n", at(0.5), at(0.99))
}
